// One key, one button: whatever carries `data-key="a"` is pressed by that key. Off while typing and while a modifier
// is held, except Ctrl/⌘ Enter, which is meant for the middle of a sentence. Inside an open `data-key-scope` (the
// reasons for a dismissal) its own keys come first. `?` shows all keys.
// A person's own keys (components/keys.html) are turned into the standard ones before anybody else hears of them, so
// that nothing else has to know; on buttons their own keys are shown.

import { labelOf, named, standardOf } from "lib/keymap";

const TYPING = "input:not([type=radio], [type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable=true]";
const HELD_DOWN = new Set(["j", "k"]);

// What lies in a closed fold can be pressed as well: the fold opens first.
const fold = (element) => element.closest("details.fold:not([open])");
const isUsable = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true" && (fold(element) ?? element).checkVisibility();

const find = (key) => {
  const fitting = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(isUsable);
  const scoped = fitting.find((element) => element.closest("[data-key-scope][open]"));
  // What a message offers to undo was done last, whatever claim is in hand by now.
  const said = fitting.find((element) => element.closest("#toasts"));
  return scoped ?? said ?? fitting.find((element) => element.matches("summary") || !element.closest("[data-key-scope]"));
};

const press = (element) => {
  fold(element)?.setAttribute("open", "");
  if (element.matches(TYPING)) {
    element.focus();
    element.select?.();
  } else if (element.matches("summary")) {
    element.click();
    element.focus();
  } else {
    if (element.matches("[type=radio]")) element.focus();
    element.click();
  }
};

const closeMenus = (except) =>
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (except && menu.contains(except)) return;
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  });
const showAll = () => document.getElementById("all-keys")?.showModal();

const profileOf = () => {
  const { mode, map } = document.getElementById("all-keys")?.dataset ?? {};
  return { mode: mode || "SINGLE", map: JSON.parse(map || "{}") };
};

export const start = (body, signal) => {
  const profile = profileOf();
  const ours = new WeakSet();
  document.documentElement.dataset.keys = profile.mode.toLowerCase();

  const show = (root) => {
    for (const hint of root.querySelectorAll("[data-key] kbd, kbd[data-hint]")) {
      const key = hint.dataset.hint ?? hint.closest("[data-key]").dataset.key;
      if (key in profile.map || (profile.mode !== "SINGLE" && !/^(\d|ctrl\+enter)$/.test(key))) hint.textContent = labelOf(key, profile);
    }
  };
  show(body);
  document.addEventListener("htmx:load", (event) => show(event.detail.elt.parentElement ?? body), { signal });

  window.addEventListener("keydown", (event) => {
    if (ours.has(event) || event.isComposing || event.target.closest?.(TYPING)) return;
    const name = named(event);
    // In a list of choices that is open, its digits need no modifier.
    if (/^\d$/.test(name) && profile.mode !== "OFF" && event.target.closest?.("[data-key-scope][open], .choices")) return;
    const key = standardOf(event, profile);
    if (key === undefined || (key === name && !event.altKey)) return;
    event.stopImmediatePropagation();
    if (key === null) return;
    event.preventDefault();
    const [letter] = key.split("+").reverse();
    const again = new KeyboardEvent("keydown", { key: letter, shiftKey: key.startsWith("shift+"), repeat: event.repeat, bubbles: true, cancelable: true });
    ours.add(again);
    event.target.dispatchEvent(again);
  }, { signal, capture: true });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const key = named(event);
    const withEnter = key === "ctrl+enter";
    if (!withEnter && (event.ctrlKey || event.metaKey)) return;
    if (key === "Escape") return closeMenus();
    if (!withEnter && (event.target.closest?.(TYPING) || document.querySelector("dialog[open]"))) return;
    if (event.repeat && !HELD_DOWN.has(key)) return;
    const target = key === "?" ? null : find(key);
    if (key !== "?" && !target) return;
    event.preventDefault();
    if (target) press(target);
    else showAll();
  }, { signal });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-open-keys]")) showAll();
    closeMenus(event.target);
  }, { signal });
};
