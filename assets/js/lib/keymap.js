// The keys as a person has them. Templates name the standard key of an action; here what was pressed becomes that key.
// A profile is { mode: SINGLE | ALT | CTRL_ALT | OFF, map: { standard: own } }; the map holds only what differs.

const HELD = { SINGLE: "", ALT: "alt", CTRL_ALT: "ctrl alt" };
const SHOWN = { ALT: "Alt ", CTRL_ALT: "Ctrl Alt " };
const isSign = (key) => [...key].length === 1 && key !== " ";

// The letter on the key when it types another script, or when a Mac makes another sign of it with Option.
const letterOf = (event) => {
  const [, letter] = /^Key([A-Z])$/.exec(event.code ?? "") ?? [];
  return letter && event.key.codePointAt(0) > 127 ? letter.toLowerCase() : event.key;
};

// What was pressed, by the names that data-key uses: "a", "shift+a", "*", "ctrl+enter", "ArrowDown".
export const named = (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return "ctrl+enter";
  if (!isSign(event.key)) return event.key;
  const key = letterOf(event);
  const small = key.toLowerCase();
  return event.shiftKey && small !== key.toUpperCase() ? `shift+${small}` : small;
};

const isOurs = (name) => isSign(name) || name.startsWith("shift+");
const heldBy = (event) => [event.ctrlKey || event.metaKey ? "ctrl" : "", event.altKey ? "alt" : ""].filter(Boolean).join(" ");

// The standard key that this press means; null for a press that is to mean nothing here, undefined for one that is
// none of ours (the browser's, the screen reader's) and is left alone.
export const standardOf = (event, { mode = "SINGLE", map = {} } = {}) => {
  const name = named(event);
  if (!isOurs(name)) return name;
  const held = heldBy(event);
  if (held !== (HELD[mode] ?? null)) return held ? undefined : null;
  const own = Object.keys(map).find((standard) => map[standard] === name);
  return own ?? (name in map ? null : name);
};

// How a key stands on a button for this person.
export const labelOf = (standard, { mode = "SINGLE", map = {} } = {}) => {
  const key = (map[standard] ?? standard).replace("shift+", "⇧").toUpperCase();
  return (SHOWN[mode] ?? "") + key;
};
