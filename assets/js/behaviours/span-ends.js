// The words of the claim in hand get other ends. E (or “Pick in the article”) shows a handle at each end: drag one, or
// tap a word and the nearer end moves there; ends stay on words unless Alt is held. By keyboard arrows move the end in
// hand by word, with Ctrl/⌘ by character, Home and End to the ends of the sentence, Tab takes the other end, Enter
// saves, Escape leaves. Selecting words afresh replaces both ends.

import { caretOver } from "lib/caret";
import { linesOf, paint, placeBelow, pointAt } from "lib/painted";
import { compare, modelOf, placeOf, placeOfPoint, rangeBetween, spanBetween, toWord } from "lib/spans";
import { translated as _ } from "lib/tongue";

const NAMES = ["start", "end"];
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export const start = (article, signal) => {
  const form = document.getElementById("mark-form");
  const say = document.getElementById("picker-says");
  const handles = NAMES.map((name) => document.querySelector(`[data-handle="${name}"]`));
  if (!form || handles.includes(null)) return;
  let edit = null;

  const isRtl = (at) => getComputedStyle(modelOf(article).elements[at]).direction === "rtl";
  const layOut = (range) => {
    const { first, last } = linesOf(range);
    if (!first) return;
    handles.forEach((handle) => { handle.hidden = false; });
    const home = handles[0].offsetParent;
    const frame = home.getBoundingClientRect();
    [first, last].forEach((row, n) => {
      const atRight = (n === 1) !== isRtl(edit.ends[n].at);
      const x = atRight ? row.right : row.left;
      edit.at[n] = { x, y: (row.top + row.bottom) / 2 };
      handles[n].classList.toggle("is-active", edit.active === n);
      handles[n].style.left = `${x - frame.left}px`;
      handles[n].style.top = `${row.bottom - frame.top + home.scrollTop}px`;
    });
    placeBelow(form, { left: last.left, width: last.width, bottom: last.bottom + 18 });
  };
  const show = (says = true) => {
    const range = rangeBetween(article, ...edit.ends);
    if (!range) return;
    paint("editing", range);
    layOut(range);
    if (!says) return;
    const words = spanBetween(article, ...edit.ends)?.exact ?? "";
    const near = edit.active ? words.split(/\s+/).slice(-3) : words.split(/\s+/).slice(0, 3);
    const told = edit.active ? _("Ends with “{words}”.", { words: near.join(" ") }) : _("Begins with “{words}”.", { words: near.join(" ") });
    say.textContent = `${told} ${words.slice(0, 200)}`;
    article.dispatchEvent(new CustomEvent("caret", { detail: edit.active ? range.endContainer : range.startContainer }));
  };
  const put = (n, place) => {
    const other = edit.ends[1 - n];
    if (!place || (n ? compare(place, other) <= 0 : compare(place, other) >= 0)) return;
    edit.ends[n] = place;
  };
  const byWord = (place, n) => ({ at: place.at, index: toWord(modelOf(article).text(place.at), place.index, n === 1) });

  const leave = () => {
    if (!edit) return;
    edit = null;
    paint("editing");
    handles.forEach((handle) => { handle.hidden = true; });
    form.classList.remove("is-editing");
    form.hidden = true;
    form.querySelector("[data-cancel]").hidden = true;
    form.querySelector("[data-label]").textContent = _("New claim");
    say.textContent = "";
  };
  const enter = (into) => {
    const known = [placeOf(article, Number(into.dataset.start)), placeOf(article, Number(into.dataset.end), true)];
    if (known.includes(null)) return;
    edit = { into, ends: known, active: 1, moves: caretOver(modelOf(article)), at: [] };
    form.classList.add("is-editing");
    form.querySelector("[data-label]").textContent = _("Use these words");
    form.querySelector("[data-cancel]").hidden = false;
    form.hidden = false;
    into.querySelector("[data-pick-help]")?.removeAttribute("hidden");
    document.getSelection().removeAllRanges();
    article.focus({ preventScroll: true });
    rangeBetween(article, ...known)?.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    show();
    say.textContent = _("Editing the words of the claim. Arrows move its end by word, with Control by character. Tab takes the other end, Enter saves, Escape leaves.");
  };
  const save = () => {
    const { into, ends } = edit;
    const span = spanBetween(article, ...ends);
    if (!span) return;
    for (const [name, value] of Object.entries(span)) if (into.elements[name]) into.elements[name].value = value;
    leave();
    into.requestSubmit();
  };
  signal.addEventListener("abort", leave);
  form.addEventListener("submit", (event) => {
    if (!edit) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    save();
  }, { signal, capture: true });
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (pick) enter(pick.closest("form"));
    else if (event.target.closest("[data-cancel]")) leave();
  }, { signal });

  handles.forEach((handle, n) => {
    let grip = null;
    handle.addEventListener("pointerdown", (event) => {
      if (!edit || event.button) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      edit.active = n;
      grip = { x: event.clientX - edit.at[n].x, y: event.clientY - edit.at[n].y, due: 0 };
      form.classList.add("is-aside");
    }, { signal });
    handle.addEventListener("pointermove", (event) => {
      if (!grip || grip.due) return;
      // The page is asked where the pointer is once a frame, however often it moves.
      grip.due = requestAnimationFrame(() => {
        if (!grip || !edit) return;
        grip.due = 0;
        const point = pointAt(event.clientX - grip.x, event.clientY - grip.y);
        if (!point || !article.contains(point[0])) return;
        const place = placeOfPoint(article, ...point);
        put(n, event.altKey ? place : byWord(place, n));
        show(false);
      });
    }, { signal });
    const drop = () => {
      if (!grip) return;
      cancelAnimationFrame(grip.due);
      grip = null;
      form.classList.remove("is-aside");
      if (edit) show();
    };
    handle.addEventListener("lostpointercapture", drop, { signal });
  });

  // Words selected afresh, or a word that is tapped.
  article.addEventListener("click", (event) => {
    if (!edit) return;
    event.stopPropagation();
    event.preventDefault();
    const selection = document.getSelection();
    if (selection.isCollapsed) {
      const point = pointAt(event.clientX, event.clientY);
      if (!point || !article.contains(point[0])) return;
      const place = placeOfPoint(article, ...point);
      const isBefore = (end) => compare(place, end) < 0;
      const n = isBefore(edit.ends[0]) ? 0 : !isBefore(edit.ends[1]) ? 1 : edit.active;
      edit.active = n;
      put(n, event.altKey ? place : byWord(place, n));
    } else {
      const range = selection.getRangeAt(0);
      const both = [placeOfPoint(article, range.startContainer, range.startOffset), placeOfPoint(article, range.endContainer, range.endOffset)];
      edit.ends = both.map((place, n) => (event.altKey ? place : byWord(place, n)));
      selection.removeAllRanges();
    }
    show();
  }, { signal, capture: true });

  document.addEventListener("keydown", (event) => {
    if (!edit || event.isComposing || event.target.closest("input, textarea, select, dialog, button, a")) return;
    const { active, moves } = edit;
    const here = edit.ends[active];
    const isFine = event.ctrlKey || event.metaKey;
    const by = (STEPS[event.key] ?? 0) * (isRtl(here.at) ? -1 : 1);
    if (by) put(active, isFine ? moves.edgeByCharacter(here, by) : moves.edgeByWord(here, by, active === 1));
    else if (event.key === "Home" || event.key === "End") put(active, moves.edgeOfSentence(here, event.key === "Home" ? -1 : 1));
    else if (event.key === "Tab") edit.active = 1 - active;
    else if (event.key === "Enter") save();
    else if (event.key === "Escape") leave();
    else return ["Shift", "Control", "Alt", "Meta", "ArrowUp", "ArrowDown"].includes(event.key) ? undefined : leave();
    event.preventDefault();
    event.stopPropagation();
    if (edit) show();
  }, { signal, capture: true });
  addEventListener("resize", () => edit && show(false), { signal });
};
