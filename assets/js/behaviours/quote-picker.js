// Words selected in a stored copy become the quote of its evidence, as in the article: by mouse a button appears beside
// the selection; by keyboard V starts a caret, arrows move it by word and sentence, Shift extends, Enter quotes, Escape
// leaves. Positions are those of lib/spans: code points of the stored text.

import { describe, rangeOf, read, spanOfSelection, toUtf16 } from "lib/spans";
import { sentences, words } from "lib/words";

const MOVES = { ArrowRight: ["words", 1], ArrowLeft: ["words", -1], ArrowDown: ["sentences", 1], ArrowUp: ["sentences", -1] };

export const start = (root, signal) => {
  const copy = root.querySelector("#copy");
  const form = root.querySelector("form[data-quote]");
  const say = root.querySelector("#beside-says");
  const home = root.parentElement;
  let caret = null;
  let span = null;

  const mark = copy?.querySelector("mark");
  // Only the column scrolls to it: where columns stand one below the other, the page stays where it is.
  if (mark && getComputedStyle(home).overflowY !== "visible") {
    home.scrollTop += mark.getBoundingClientRect().top - home.getBoundingClientRect().top - home.clientHeight / 3;
  }

  root.dataset.started = "yes";

  const close = () => {
    const back = document.getElementById(`beside-${root.dataset.evidence}`);
    home.replaceChildren();
    back?.focus({ preventScroll: true });
  };
  root.querySelector("[data-close]")?.addEventListener("click", (event) => {
    if (home.id !== "beside" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", event.currentTarget.href);
    close();
  }, { signal });

  // The panel may go on to another claim, or its list of sources may change what is quoted here.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!["panel", "sources"].includes(event.detail.target?.id)) return;
    const claim = document.querySelector("#panel [data-claim]")?.dataset.claim;
    const row = document.querySelector(`#sources [data-evidence="${root.dataset.evidence}"]`);
    if (claim !== root.dataset.claim || !row) close();
    else if (row.dataset.version !== root.dataset.version) htmx.ajax("GET", root.dataset.address, { target: "#beside", swap: "innerHTML" });
  }, { signal });

  if (!copy || !form) return;
  const hide = () => { form.hidden = true; span = null; };
  const offer = (found) => {
    span = found;
    if (!found) return hide();
    form.elements.quote.value = found.exact;
    form.elements.at.value = found.start;
    form.hidden = false;
    const range = rangeOf(copy, found.start, found.end) ?? document.getSelection().getRangeAt(0);
    const box = range.getBoundingClientRect();
    const frame = form.offsetParent.getBoundingClientRect();
    const left = Math.min(Math.max(0, box.left - frame.left + box.width / 2 - form.offsetWidth / 2), frame.width - form.offsetWidth);
    form.style.left = `${left}px`;
    form.style.top = `${box.bottom - frame.top + form.offsetParent.scrollTop + 8}px`;
  };
  const look = () => { if (!caret) offer(spanOfSelection(copy, document.getSelection())); };
  document.addEventListener("pointerup", (event) => { if (!form.contains(event.target)) setTimeout(look, 0); }, { signal });
  document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") look(); }, { signal });
  document.addEventListener("selectionchange", () => { if (!caret && document.getSelection().isCollapsed && !form.contains(document.activeElement)) hide(); }, { signal });

  const paint = () => {
    const found = describe(caret.text, Math.min(caret.from[0], caret.to[0]), Math.max(caret.from[1], caret.to[1]));
    const range = found && rangeOf(copy, found.start, found.end);
    if (!range) return;
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    offer(found);
    say.textContent = found.exact;
  };
  const enter = () => {
    const { text } = read(copy);
    const all = words(text);
    if (!all.length) return;
    caret = { text, words: all, sentences: sentences(text), from: all[0], to: all[0] };
    if (mark) {
      const range = document.createRange();
      range.selectNodeContents(mark);
      const place = spanOfSelection(copy, { isCollapsed: false, rangeCount: 1, getRangeAt: () => range });
      const [first, last] = [place.start, place.end].map((count) => toUtf16(text, count));
      caret.from = all.find((word) => word[1] > first) ?? all[0];
      caret.to = all.findLast((word) => word[0] < last) ?? caret.from;
    }
    paint();
    copy.focus({ preventScroll: true });
  };
  const leave = () => {
    caret = null;
    document.getSelection().removeAllRanges();
    say.textContent = "";
    hide();
  };
  const step = (list, here, by) => {
    const at = by > 0 ? list.findIndex((one) => one[0] > here[0]) : list.findLastIndex((one) => one[0] < here[0]);
    return list[at] ?? here;
  };
  const move = (key, extend) => {
    const [unit, by] = MOVES[key];
    const moved = step(caret[unit], caret.to, by);
    const first = unit === "words" ? moved : caret.words.find((word) => word[0] >= moved[0]) ?? moved;
    caret.to = extend && unit === "sentences" && by > 0 ? caret.words.findLast((word) => word[0] < moved[1]) ?? moved : first;
    if (!extend) caret.from = caret.to;
    paint();
  };

  // Before everybody else: while a copy is open, V and the arrows mean the copy and not the article under it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog")) return;
    const ours = !caret && event.key.toLowerCase() === "v" ? enter
      : caret && event.key === "Escape" ? leave
      : caret && event.key === "Enter" ? () => { if (span) form.requestSubmit(); caret = null; }
      : caret && MOVES[event.key] ? () => move(event.key, event.shiftKey) : null;
    if (!ours) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ours();
  }, { signal, capture: true });
};
