// One key, one button: whatever carries `data-key="a"` is pressed by that key. Off while typing and while a modifier
// is held, except Ctrl/⌘ Enter, which is meant for the middle of a sentence. Inside an open `data-key-scope` (the
// reasons for a dismissal) its own keys come first. `?` shows all keys.

const TYPING = "input:not([type=radio], [type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable=true]";

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
    if (element.matches("[type=radio], [type=checkbox]")) element.focus();
    element.click();
  }
};

export const start = (_, signal) => {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const withEnter = (event.ctrlKey || event.metaKey) && event.key === "Enter";
      if (!withEnter && (event.ctrlKey || event.metaKey)) return;
      if (event.key === "Escape") {
        document.querySelectorAll("details.menu[open]").forEach((menu) => {
          menu.open = false;
          if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
        });
        return;
      }
      if (!withEnter && (event.target.closest(TYPING) || document.querySelector("dialog[open]"))) return;
      const key = withEnter ? "ctrl+enter" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (key === "?") {
        event.preventDefault();
        document.getElementById("all-keys")?.showModal();
        return;
      }
      const target = find(key);
      if (!target) return;
      event.preventDefault();
      press(target);
    },
    { signal },
  );
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest("[data-open-keys]")) document.getElementById("all-keys")?.showModal();
      document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
    },
    { signal },
  );
};
