// Words selected in the article become a new claim. By mouse or touch a button appears beside the selection; a word
// that is cut is taken whole unless Alt is held. By keyboard, V (or the button of that name) starts a caret: arrows
// move it by word and sentence, Home and End inside the sentence, with Ctrl through the article; Shift extends, Enter
// marks, Escape leaves. Any other key ends the caret and does what it does, so that nobody is caught in it.

import { caretOver } from "lib/caret";
import { paint, placeBelow, linesOf } from "lib/painted";
import { compare, modelOf, placeOfPoint, rangeBetween, spanBetween, spanOfSelection } from "lib/spans";
import { translated as _ } from "lib/tongue";

const FIELDS = ["start", "end", "exact", "prefix", "suffix"];
const MOVES = { ArrowRight: ["word", 1], ArrowLeft: ["word", -1], ArrowDown: ["sentence", 1], ArrowUp: ["sentence", -1], Home: ["border", -1], End: ["border", 1] };

export const start = (article, signal) => {
  const form = document.getElementById("mark-form");
  const say = document.getElementById("picker-says");
  if (!form) return;
  let caret = null;

  const isEditing = () => form.classList.contains("is-editing");
  const hide = () => { if (!isEditing()) form.hidden = true; };
  const offer = (span, range) => {
    if (!span) return hide();
    for (const name of FIELDS) form.elements[name].value = span[name];
    form.hidden = false;
    placeBelow(form, linesOf(range).last ?? range.getBoundingClientRect());
  };

  const look = (byWord) => {
    const selection = document.getSelection();
    if (caret || isEditing() || selection.isCollapsed) return;
    offer(spanOfSelection(article, selection, byWord), selection.getRangeAt(0));
  };
  document.addEventListener("pointerup", (event) => { if (!form.contains(event.target)) setTimeout(look, 0, !event.altKey); }, { signal });
  document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") look(!event.altKey); }, { signal });
  document.addEventListener("selectionchange", () => { if (!caret && document.getSelection().isCollapsed && !form.contains(document.activeElement)) hide(); }, { signal });
  form.addEventListener("htmx:afterRequest", () => { document.getSelection().removeAllRanges(); hide(); }, { signal });

  const show = () => {
    const [low, high] = [caret.anchor, caret.head].sort((a, b) => a.at - b.at || a.piece[0] - b.piece[0]);
    const [from, to] = [{ at: low.at, index: low.piece[0] }, { at: high.at, index: high.piece[1] }];
    const range = rangeBetween(article, from, to);
    const here = rangeBetween(article, { at: caret.head.at, index: caret.head.piece[0] }, { at: caret.head.at, index: caret.head.piece[1] });
    if (!range || !here) return;
    paint("marking", range);
    paint("caret", here);
    here.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    offer(spanBetween(article, from, to), range);
    // One word is said as it is; of a longer piece what was reached last, and how much is in it by now.
    const { exact } = spanBetween(article, from, to);
    const count = exact.split(/\s+/).length;
    say.textContent = compare(from, { at: caret.head.at, index: caret.head.piece[0] }) === 0 && low === high ? here.toString() : `${here.toString()}. ${count} words: ${exact.slice(0, 160)}`;
    article.dispatchEvent(new CustomEvent("caret", { detail: here.startContainer }));
  };
  const enter = () => {
    const moves = caretOver(modelOf(article));
    const known = article.querySelector("mark.is-current");
    const head = known ? moves.wordAt(placeOfPoint(article, known, 0)) : moves.first();
    if (!head) return;
    caret = { moves, anchor: head, head };
    article.focus({ preventScroll: true });
    show();
    say.textContent = `${_("Marking. Arrows move by word and sentence, Shift extends, Enter marks, Escape leaves.")} ${say.textContent}`;
  };
  const leave = () => {
    if (!caret) return;
    caret = null;
    paint("marking");
    paint("caret");
    say.textContent = "";
    hide();
  };
  signal.addEventListener("abort", leave);
  document.addEventListener("focusin", (event) => { if (!article.contains(event.target) && !form.contains(event.target)) leave(); }, { signal });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-mark-by-keyboard]")) enter();
    else if (!form.contains(event.target)) leave();
  }, { signal });

  const move = (event) => {
    const [unit, by] = MOVES[event.key];
    const { moves, head } = caret;
    if ((event.ctrlKey || event.metaKey) && unit !== "border") return;
    event.preventDefault();
    const forward = getComputedStyle(modelOf(article).elements[head.at]).direction === "rtl" && unit === "word" ? -by : by;
    const next = { word: () => moves.nextWord(head, forward), sentence: () => moves.nextSentence(head, by, event.shiftKey), border: () => moves.border(head, by, event.ctrlKey || event.metaKey) }[unit]();
    if (!next) return;
    caret.head = next;
    if (!event.shiftKey) caret.anchor = next;
    show();
  };
  document.addEventListener("keydown", (event) => {
    if (!caret || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    if (MOVES[event.key] && !event.altKey) move(event);
    else if (event.key === "Enter" && !event.target.closest("button, a, input, textarea")) {
      event.preventDefault();
      form.requestSubmit();
      leave();
    } else if (event.key === "Escape") {
      event.preventDefault();
      leave();
    } else if (event.key !== "o" && !(event.key === "Tab" && !event.shiftKey)) leave();
  }, { signal, capture: true });
};
