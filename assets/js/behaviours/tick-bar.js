// The bar for what is ticked: there only while something is, says how much, and ticks or clears a range with Shift.

export const start = (form, signal) => {
  const boxes = () => [...document.querySelectorAll(`input[type=checkbox][form="${CSS.escape(form.id)}"]:not(:disabled)`)];
  const count = form.querySelector("[data-count]");
  let last = null;

  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    form.hidden = ticked === 0;
    count.textContent = `${ticked} ${count.dataset.words}`;
  };
  const range = (from, to, checked) => {
    const all = boxes();
    const [first, end] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
    if (first >= 0) all.slice(first, end + 1).forEach((box) => { box.checked = checked; });
  };

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("input[type=checkbox]");
    if (box?.getAttribute("form") !== form.id) return;
    if (event.shiftKey && last) range(last, box, box.checked);
    last = box;
    show();
  }, { signal });
  document.addEventListener("htmx:afterSettle", show, { signal });
  window.addEventListener("pageshow", show, { signal });
  show();
};
