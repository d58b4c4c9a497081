// The page of a second review: items are added one below the other, and Ctrl/⌘ Enter sends the form one is writing in.

export const start = (page, signal) => {
  const ready = () => {
    page.querySelectorAll("[data-items]").forEach((list) => {
      if (list.dataset.ready) return;
      list.dataset.ready = "yes";
      list.querySelectorAll(".without-scripts").forEach((item) => item.remove());
      page.querySelector("[data-add-item]").hidden = false;
    });
  };
  const add = () => {
    const list = page.querySelector("[data-items]");
    const item = list.lastElementChild.cloneNode(true);
    const field = item.querySelector("input");
    field.value = "";
    delete field.dataset.key;
    list.append(item);
    field.focus();
  };

  page.addEventListener("click", (event) => { if (event.target.closest("[data-add-item]")) add(); }, { signal });
  // Enter in an item begins the next one; an empty one sends, as Enter in a form does.
  page.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== "Enter") return;
    const form = event.target.closest("form[data-send]");
    if (form && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit();
    } else if (event.target.matches("[data-items] input") && event.target.value.trim()) {
      event.preventDefault();
      add();
    }
  }, { signal, capture: true });

  document.addEventListener("htmx:afterSettle", (event) => {
    ready();
    if (event.detail.target?.id !== "decision") return;
    const problem = page.querySelector("#decision [role=alert]");
    const lost = !document.activeElement || document.activeElement === document.body;
    if (problem) problem.focus();
    else if (lost) page.querySelector("#decision [data-focus]")?.focus({ preventScroll: true });
  }, { signal });
  ready();
  // Each column scrolls for itself; the article's to the claim.
  const mark = page.querySelector(".three-text mark");
  const column = mark?.closest("section");
  if (column && getComputedStyle(column).overflowY !== "visible") {
    column.scrollTop += mark.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 3;
  }
};
