// Words selected in a stored copy become the quote of its evidence, as in the article: by mouse a button appears beside
// the selection; by keyboard V starts a caret, arrows move it by word and sentence, Shift extends, Enter quotes, Escape
// leaves. Positions are those of lib/spans: code points of the stored text.

import { caretOver } from "lib/caret";
import { modelOf, placeOfPoint, rangeBetween, rangeOf, spanBetween, spanOfSelection } from "lib/spans";

const MOVES = { ArrowRight: ["word", 1], ArrowLeft: ["word", -1], ArrowDown: ["sentence", 1], ArrowUp: ["sentence", -1] };

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

  const show = () => {
    const [low, high] = [caret.anchor, caret.head].sort((a, b) => a.at - b.at || a.piece[0] - b.piece[0]);
    const [from, to] = [{ at: low.at, index: low.piece[0] }, { at: high.at, index: high.piece[1] }];
    const range = rangeBetween(copy, from, to);
    if (!range) return;
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    offer(spanBetween(copy, from, to));
    say.textContent = span.exact;
  };
  const enter = () => {
    const moves = caretOver(modelOf(copy));
    const anchor = mark ? moves.wordAt(placeOfPoint(copy, mark, 0)) : moves.first();
    if (!anchor) return;
    const end = mark && placeOfPoint(copy, mark, mark.childNodes.length);
    const head = end ? moves.wordAt({ at: end.at, index: Math.max(0, end.index - 1) }) : anchor;
    caret = { moves, anchor, head };
    copy.focus({ preventScroll: true });
    show();
  };
  const leave = () => {
    caret = null;
    document.getSelection().removeAllRanges();
    say.textContent = "";
    hide();
  };
  const move = (key, isExtending) => {
    const [unit, by] = MOVES[key];
    const { moves, head } = caret;
    const next = unit === "word" ? moves.nextWord(head, by) : moves.nextSentence(head, by, isExtending);
    if (!next) return;
    caret.head = next;
    if (!isExtending) caret.anchor = next;
    show();
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
