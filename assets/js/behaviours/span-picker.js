// Words selected in the article become a span: of a new claim, or of the claim in hand while its span is edited.
// By mouse or touch a button appears beside the selection. By keyboard, V starts a caret; arrows move it by word and
// sentence, Shift extends, Enter marks, Escape leaves.

import { describe, rangeOf, read, spanOfSelection } from "lib/spans";
import { sentences, words } from "lib/words";

export const start = (article, signal) => {
  const form = document.getElementById("mark-form");
  const say = document.getElementById("picker-says");
  if (!form) return;
  let span = null;
  let caret = null;

  const target = () => document.querySelector("#panel form[data-edit-span].is-picking") ?? form;
  const hide = () => { form.hidden = true; span = null; };
  const offer = (found) => {
    span = found;
    if (!found) return hide();
    for (const into of [form, ...document.querySelectorAll("#panel form[data-edit-span]")]) {
      for (const name of ["start", "end", "exact", "prefix", "suffix"]) if (into.elements[name]) into.elements[name].value = found[name];
    }
    const editing = target() !== form;
    form.querySelector("[data-label]").textContent = editing ? "Use these words" : "New claim";
    form.hidden = false;
    const box = (rangeOf(article, found.start, found.end) ?? document.getSelection().getRangeAt(0)).getBoundingClientRect();
    const home = form.offsetParent.getBoundingClientRect();
    const left = Math.min(Math.max(0, box.left - home.left + box.width / 2 - form.offsetWidth / 2), home.width - form.offsetWidth);
    form.style.left = `${left}px`;
    form.style.top = `${box.bottom - home.top + form.offsetParent.scrollTop + 8}px`;
  };

  const look = () => { if (!caret) offer(spanOfSelection(article, document.getSelection())); };
  document.addEventListener("pointerup", (event) => { if (!form.contains(event.target)) setTimeout(look, 0); }, { signal });
  document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") look(); }, { signal });
  document.addEventListener("selectionchange", () => { if (!caret && document.getSelection().isCollapsed && !form.contains(document.activeElement)) hide(); }, { signal });

  // While a span is edited, the same button sends it to the claim in hand instead.
  form.addEventListener("submit", (event) => {
    const into = target();
    if (into === form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    into.requestSubmit();
    hide();
  }, { signal, capture: true });
  form.addEventListener("htmx:afterRequest", () => { document.getSelection().removeAllRanges(); hide(); }, { signal });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    const into = button.closest("form");
    into.classList.add("is-picking");
    const { start: from, end: to } = into.dataset;
    say.textContent = "Select the right words in the article, or move with the arrows and press Enter.";
    into.querySelector("[data-pick-help]")?.removeAttribute("hidden");
    enter(Number(from), Number(to));
    article.focus({ preventScroll: true });
  }, { signal });

  const paint = () => {
    const found = describe(caret.text, Math.min(caret.from[0], caret.to[0]), Math.max(caret.from[1], caret.to[1]));
    const range = found && rangeOf(article, found.start, found.end);
    if (!range) return;
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    offer(found);
    say.textContent = found.exact;
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  };
  function enter(from, to) {
    const { text } = read(article);
    const all = words(text);
    if (!all.length) return;
    caret = { text, words: all, sentences: sentences(text), from: all[0], to: all[0] };
    const base = Number.isFinite(from) ? rangeOf(article, from, to) : document.querySelector("#article mark.is-current");
    if (base) {
      const { start: a, end: b } = Number.isFinite(from) ? { start: from, end: to } : { start: Number(base.dataset.from), end: Number(base.dataset.to) };
      const units = (count) => [...text].slice(0, count).join("").length;
      caret.from = all.find((word) => word[1] > units(a)) ?? all[0];
      caret.to = all.findLast((word) => word[0] < units(b)) ?? caret.from;
    }
    paint();
  }
  const leave = () => {
    caret = null;
    document.getSelection().removeAllRanges();
    document.querySelectorAll(".is-picking").forEach((one) => one.classList.remove("is-picking"));
    say.textContent = "";
    hide();
  };
  const step = (list, here, by) => {
    const at = by > 0 ? list.findIndex((one) => one[0] > here[0]) : list.findLastIndex((one) => one[0] < here[0]);
    return list[at] ?? here;
  };
  const MOVES = { ArrowRight: ["words", 1], ArrowLeft: ["words", -1], ArrowDown: ["sentences", 1], ArrowUp: ["sentences", -1] };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog");
    if (!caret && event.key.toLowerCase() === "v" && !typing) {
      event.preventDefault();
      enter();
      article.focus({ preventScroll: true });
    } else if (caret && event.key === "Escape") {
      event.preventDefault();
      leave();
    } else if (caret && !typing && event.key === "Enter") {
      event.preventDefault();
      if (span) { target().requestSubmit(); caret = null; }
    } else if (caret && !typing && MOVES[event.key]) {
      event.preventDefault();
      const [unit, by] = MOVES[event.key];
      const moved = step(caret[unit], caret.to, by);
      const first = unit === "words" ? moved : caret.words.find((word) => word[0] >= moved[0]) ?? moved;
      caret.to = event.shiftKey && unit === "sentences" && by > 0 ? caret.words.findLast((word) => word[0] < moved[1]) ?? moved : first;
      if (!event.shiftKey) caret.from = caret.to;
      paint();
    }
  }, { signal });
};
