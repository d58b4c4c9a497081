// Keeps list, article and panel in step after one of them was swapped: the claim in the panel is the one that is
// current in the list and framed in the text. Focus follows only when its element went away.

export const start = (board, signal) => {
  const panel = board.querySelector("#panel");
  const small = window.matchMedia("(max-width: 1099px)");
  let had = null;

  const show = (scroll) => {
    const id = panel.querySelector("[data-claim]")?.dataset.claim ?? "";
    board.classList.toggle("has-claim", id !== "");
    board.querySelectorAll("#claim-list [data-item]").forEach((item) => {
      if (item.dataset.item === id) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
    let first = null;
    board.querySelectorAll("#article mark[data-claims]").forEach((mark) => {
      const here = mark.dataset.claims.split(" ").includes(id);
      mark.classList.toggle("is-current", here);
      first ??= here ? mark : null;
    });
    if (!scroll || !id) return;
    const gentle = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    first?.scrollIntoView({ block: small.matches ? "start" : "center", behavior: gentle ? "smooth" : "auto" });
    board.querySelector("#claim-list [data-item][aria-current]")?.scrollIntoView({ block: "nearest" });
  };

  board.addEventListener("htmx:beforeSwap", () => { had = document.activeElement?.id || "body"; }, { signal });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!board.contains(event.detail.target) && event.detail.target !== panel) return;
    show(event.detail.target === panel);
    const problem = panel.querySelector("[role=alert]");
    const lost = !document.activeElement || document.activeElement === document.body;
    if (problem) problem.focus();
    else if (event.detail.target === panel && had && lost) panel.querySelector("[data-focus]")?.focus({ preventScroll: true });
  }, { signal });

  show(Boolean(panel.querySelector("[data-claim]")));
};
