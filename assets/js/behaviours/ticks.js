// Ticks in the list: they outlive the list's being swapped after a step, are counted aloud, and say what the two
// buttons below would sort. Shift and a click ticks all between.

export const start = (board, signal) => {
  const kept = new Set();
  let last = null;
  const boxes = () => [...board.querySelectorAll("#bulk-form [name=row]")];
  const claim = (box) => box.value.split(":")[0];

  const tell = () => {
    const ticked = boxes().filter((box) => box.checked);
    board.querySelector("#claim-list")?.classList.toggle("has-ticks", ticked.length > 0);
    const said = board.querySelector("[data-ticked]");
    const words = ticked.length ? `${ticked.length} ticked` : "";
    if (said && said.textContent !== words) said.textContent = words;
    if (ticked.length) {
      board.querySelector("[data-many]").open = true;
      board.querySelector("#which").value = "ticked";
    }
    const all = board.querySelector("[data-tick-all]");
    if (all) all.hidden = false;
  };
  const keep = () => {
    for (const box of boxes()) box.checked ? kept.add(claim(box)) : kept.delete(claim(box));
    tell();
  };
  const restore = () => {
    const there = boxes();
    for (const box of there) box.checked = kept.has(claim(box));
    kept.clear();
    there.filter((box) => box.checked).forEach((box) => kept.add(claim(box)));
    tell();
  };

  board.addEventListener("change", (event) => { if (event.target.name === "row") keep(); }, { signal });
  board.addEventListener("click", (event) => {
    if (event.target.closest("[data-tick-all]")) {
      const all = boxes();
      const on = all.some((box) => !box.checked);
      all.forEach((box) => { box.checked = on; });
      keep();
    }
    if (event.target.name !== "row") return;
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) all.slice(from, to + 1).forEach((box) => { box.checked = event.target.checked; });
    last = event.target;
    keep();
  }, { signal });
  document.addEventListener("htmx:afterSettle", restore, { signal });
  restore();
};
