// Words in the language of the page. English is written in the scripts; what it is in another language stands in the
// page (`<meta name="words">`), for the words that `annotations/templatetags/scripts.py` lists.

let known;

/** The words as the page's language has them, with each `{name}` filled in from `values`. */
export const translated = (words, values = {}) => {
  known ??= JSON.parse(document.querySelector("meta[name=words]")?.content || "{}");
  return (known[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
};
