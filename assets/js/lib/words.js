// Where words and sentences begin and end, in UTF-16 of a text; for marking by keyboard.

const pieces = (text, granularity, keep) => {
  const found = [];
  for (const { segment, index, isWordLike } of new Intl.Segmenter(undefined, { granularity }).segment(text)) {
    if (keep(segment, isWordLike)) found.push([index, index + segment.trimEnd().length]);
  }
  return found;
};

/** Browsers take "U.N." for two words; letters with full stops between them are one here. */
export const words = (text) => {
  const joined = [];
  for (const piece of pieces(text, "word", (_, isWordLike) => isWordLike)) {
    const last = joined.at(-1);
    const isShort = last && piece[0] === last[1] + 1 && piece[1] === piece[0] + 1 && text[last[1]] === ".";
    if (isShort && /^\p{L}(\.\p{L})*$/u.test(text.slice(...last))) last[1] = piece[1];
    else joined.push(piece);
  }
  return joined;
};

/** Browsers end a sentence after "U.N." or "Jan."; a piece that ends so is joined to the next one. */
export const sentences = (text) => {
  const joined = [];
  for (const piece of pieces(text, "sentence", (segment) => segment.trim())) {
    const last = joined.at(-1);
    const tail = last && text.slice(last[0], last[1]);
    const between = last && text.slice(last[1], piece[0]);
    if (last && !between.includes("\n") && /(\b\p{L}\.|\b(Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.)$/u.test(tail)) last[1] = piece[1];
    else joined.push(piece);
  }
  return joined;
};
