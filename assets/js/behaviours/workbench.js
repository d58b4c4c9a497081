// Keeps list, article and panel in step after one of them was swapped: the claim in the panel is the one that is
// current in the list and framed in the text. Focus follows only when its element went away.

export const start = (board, signal) => {
  const panel = board.querySelector("#panel");
  const small = window.matchMedia("(max-width: 1099px)");
  let had = null;

  const show = (scroll) => {
    const id = panel.querySelector("[data-claim]")?.dataset.claim ?? "";
    board.classList.toggle("has-claim", Boolean(panel.querySelector("[data-claim], [data-sheet]")));
    board.querySelectorAll("#claim-list [data-item]").forEach((item) => {
      const here = item.dataset.item === id;
      if (here) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
      const tick = item.parentElement.querySelector("[name=row]");
      if (tick) tick.toggleAttribute("data-key", here);
      if (tick && here) tick.dataset.key = "t";
    });
    let first = null;
    board.querySelectorAll("#article mark[data-claims]").forEach((mark) => {
      const here = mark.dataset.claims.split(" ").includes(id);
      mark.classList.toggle("is-current", here);
      first ??= here ? mark : null;
    });
    if (!scroll || !id) return;
    const gentle = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!first || !isInView(first)) first?.scrollIntoView({ block: small.matches ? "start" : "center", behavior: gentle ? "smooth" : "auto" });
    board.querySelector("#claim-list [data-item][aria-current]")?.scrollIntoView({ block: "nearest" });
  };

  // Words that stand where one is reading stay there: the eye would have to look for its line again otherwise.
  const isInView = (mark) => {
    const { top, bottom } = mark.getBoundingClientRect();
    const under = small.matches && board.classList.contains("has-claim") ? panel.getBoundingClientRect().top : window.innerHeight;
    return top > 90 && bottom < Math.min(under, window.innerHeight) - 60;
  };

  // The list scrolls in a box of its own, which is swapped with it.
  const scrolled = () => board.querySelector(".list-body");
  let down = 0;
  document.addEventListener("htmx:oobBeforeSwap", () => { down = scrolled()?.scrollTop ?? 0; }, { signal });
  document.addEventListener("htmx:oobAfterSwap", () => { if (scrolled()) scrolled().scrollTop = down; }, { signal });

  // A step that swapped only its own part has still moved what can be undone.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const changed = detail.successful && detail.requestConfig?.verb !== "get" && !detail.xhr.responseText.includes('id="claim-list"');
    const buttons = document.getElementById("step-buttons");
    if (changed && buttons) htmx.trigger(buttons, "steps-changed");
  }, { signal });

  // What was asked for last is what one wants to see: an answer that comes late takes nothing newer away. What a step
  // came to is always shown.
  let turn = 0;
  board.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.target === panel) detail.requestConfig.turn = ++turn; }, { signal });
  board.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { verb, turn: asked } = detail.requestConfig;
    if (detail.target === panel && verb === "get" && asked && asked !== turn) detail.shouldSwap = false;
  }, { signal });

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
