// Numbers in the reasons that point at sources: [1], [2, 3]. The server reads them by the same rule
// (annotations/verdicts/citations.py); this module is for what must be seen while one types.

const CITATION = /\[\s?([0-9]{1,3}(?:\s?[,;]\s?[0-9]{1,3})*)\s?\]/g;

/** The numbers cited in the text, each once, in order. */
export const cited = (text) => [...new Set([...text.matchAll(CITATION)].flatMap((found) => found[1].match(/[0-9]+/g).map(Number)))];

/** Numbers that no source has, when the sources are numbered from 1 to `count`. */
export const unknown = (text, count) => cited(text).filter((number) => number < 1 || number > count);

/** The digits typed behind an open bracket before the caret ("" right behind it); null when none is open. */
export const begun = (text, caret) => {
  const open = /\[([0-9]{0,3})$/.exec(text.slice(Math.max(0, caret - 4), caret));
  return open && !/^[0-9,; ]*\]/.test(text.slice(caret)) ? open[1] : null;
};

/** What to put where so that this number is cited at the caret: replace [from, to) by `words`. */
export const citing = (text, caret, number) => {
  const typed = begun(text, caret);
  if (typed !== null) return { from: caret - typed.length - 1, to: caret, words: `[${number}]` };
  const before = text.slice(0, caret);
  return { from: caret, to: caret, words: /[^\s[\](“"]$/.test(before) ? ` [${number}]` : `[${number}]` };
};
