// Words of a form that the server does not have yet, kept in this browser: for each person, claim and tab, so that
// neither two tabs nor two people at one machine take each other's words.

const SKIP = /^(csrfmiddlewaretoken|seen|version|differs|choose_.*)$/;

/** What the form holds, as pairs of name and value. */
export const words = (form) => [...new FormData(form)].filter(([name]) => !SKIP.test(name));

const given = (field) => {
  if (field.matches("[type=radio], [type=checkbox]")) return field.defaultChecked ? [field.value] : [];
  if (!field.matches("select")) return [field.defaultValue];
  const chosen = [...field.options].filter((option) => option.defaultSelected);
  return (chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1)).map((option) => option.value);
};
/** What the server sent in the form, whatever was typed since. */
export const sent = (form) =>
  [...form.elements]
    .filter((field) => field.name && !SKIP.test(field.name) && field.matches(":is(select, textarea, input:not([type=submit], [type=button])):enabled"))
    .flatMap((field) => given(field).map((value) => [field.name, value]));

/** Put pairs into the form; with `only`, into the field of that name alone. */
export const fill = (form, pairs, only = "") => {
  for (const field of form.elements) {
    if (!field.name || SKIP.test(field.name) || (only && field.name !== only)) continue;
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
};

const tab = () => {
  let name = sessionStorage.getItem("tab");
  if (!name) sessionStorage.setItem("tab", (name = Math.random().toString(36).slice(2)));
  return name;
};
const all = (person, claim) => `draft:${person}:${claim}`;
const own = (person, claim) => `${all(person, claim)}:${tab()}`;

/** Keep what the form holds now. False when this browser cannot. */
export const keep = (form) => {
  const { person, claim } = form.dataset;
  try {
    localStorage.setItem(own(person, claim), JSON.stringify({ seen: form.elements.seen.value, pairs: words(form), at: Date.now() }));
    return true;
  } catch {
    return false;
  }
};

export const drop = ({ person, claim }) => localStorage.removeItem(own(person, claim));

/** Everything kept for this person and claim, from whichever tab, the newest first. */
export const found = ({ person, claim }) => {
  const entries = [];
  for (const key of Object.keys(localStorage)) {
    if (key !== all(person, claim) && !key.startsWith(`${all(person, claim)}:`)) continue;
    try {
      const entry = JSON.parse(localStorage.getItem(key));
      entries.push(Array.isArray(entry) ? { key, seen: "", pairs: entry, at: 0 } : { ...entry, key });
    } catch {
      localStorage.removeItem(key);
    }
  }
  return entries.sort((one, other) => other.at - one.at);
};

export const dropAll = (dataset) => found(dataset).forEach(({ key }) => localStorage.removeItem(key));

/** Ask the server to lay these words beside what it has, into `place`. Resolves to whether anything differs. */
export const compare = async (place, url, token, pairs) => {
  const values = { csrfmiddlewaretoken: token };
  for (const [name, value] of pairs) (values[name] ??= []).push(value);
  await htmx.ajax("POST", url, { target: place, source: place, swap: "innerHTML", values });
  place.hidden = !place.querySelector("[data-field]");
  return !place.hidden;
};
