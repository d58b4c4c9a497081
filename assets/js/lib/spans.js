// Positions in the article, at the browser's edge. Everywhere else in the product a position counts Unicode code
// points of the stored text; JavaScript counts UTF-16 units. Only this module converts.
//
// The article is an element with one child element a paragraph. A paragraph carries `data-start` (its first code
// point) and, where it is not a blank line, `data-before` (the white space between it and the one before).
// Elements with `data-ref` are reference numbers that stand in the page but not in the text.

export const CONTEXT = 32;

export const codePoints = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** UTF-16 index → code points before it. An index inside a surrogate pair counts the pair as not yet begun. */
export const toCodePoints = (text, index) => {
  const inside = index > 0 && index < text.length && /[\uD800-\uDBFF]/.test(text[index - 1]) && /[\uDC00-\uDFFF]/.test(text[index]);
  return codePoints(text.slice(0, inside ? index - 1 : index));
};

/** Code points → UTF-16 index. */
export const toUtf16 = (text, count) => {
  let index = 0;
  for (let left = count; left > 0 && index < text.length; left -= 1) index += text.codePointAt(index) > 0xffff ? 2 : 1;
  return index;
};

const isText = (node) => !node.parentElement.closest("[data-ref]");
const textNodes = (paragraph) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (isText(walker.currentNode)) found.push(walker.currentNode);
  return found;
};
const paragraphText = (paragraph) => textNodes(paragraph).map((node) => node.data).join("");

/** The stored text as the page holds it, with each paragraph and where it begins in UTF-16. */
export const read = (article) => {
  const parts = [];
  let text = "";
  for (const element of article.querySelectorAll("[data-start]")) {
    text += element.dataset.before ?? (parts.length ? "\n\n" : "");
    parts.push({ element, at: text.length });
    text += paragraphText(element);
  }
  return { text, parts };
};

/** UTF-16 index, in the stored text, of a point in the page. A point between paragraphs belongs to the next one. */
const indexOfPoint = ({ text, parts }, node, offset) => {
  const point = document.createRange();
  point.setStart(node, offset);
  for (const { element, at } of parts) {
    if (!element.contains(node)) {
      const here = document.createRange();
      here.selectNode(element);
      if (point.compareBoundaryPoints(Range.START_TO_START, here) <= 0) return at;
      continue;
    }
    let before = 0;
    for (const piece of textNodes(element)) {
      if (piece === node) return at + before + offset;
      const place = document.createRange();
      place.selectNode(piece);
      if (point.compareBoundaryPoints(Range.START_TO_START, place) <= 0) return at + before;
      before += piece.data.length;
    }
    return at + before;
  }
  return text.length;
};

/** Code-point position of a point in the page, the way a selection names it (node, offset). */
export const offsetOfPoint = (article, node, offset) => {
  const model = read(article);
  return toCodePoints(model.text, indexOfPoint(model, node, offset));
};

/** The same piece grown to whole graphemes and without white space at its ends; null when nothing is left. */
export const snap = (text, from, to) => {
  let [start, end] = from <= to ? [from, to] : [to, from];
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  // Graphemes are short: a window around each edge is enough, and a long article stays quick.
  const grow = (index, toEnd) => {
    if (index <= 0 || index >= text.length) return index;
    const base = Math.max(0, text.lastIndexOf("\n", index - 1) + 1, index - 200);
    const hit = graphemes.segment(text.slice(base, index + 200)).containing(index - base);
    if (!hit || hit.index === index - base) return index;
    return base + hit.index + (toEnd ? hit.segment.length : 0);
  };
  start = grow(start, false);
  end = grow(end, true);
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  // Marks that only steer the writing direction are no words either.
  return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text.slice(start, end)) ? [start, end] : null;
};

/** The selectors of text[start, end), positions given in UTF-16 of the whole text. */
export const describe = (text, from, to) => {
  const piece = snap(text, from, to);
  if (!piece) return null;
  const [start, end] = piece;
  const first = toCodePoints(text, start);
  const exact = text.slice(start, end);
  return {
    start: first,
    end: first + codePoints(exact),
    exact,
    prefix: [...text.slice(Math.max(0, start - 2 * CONTEXT), start)].slice(-CONTEXT).join(""),
    suffix: [...text.slice(end, end + 2 * CONTEXT)].slice(0, CONTEXT).join(""),
  };
};

/** What the person has selected in the article as {start, end, exact, prefix, suffix}, or null. */
export const spanOfSelection = (article, selection) => {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(article)) return null;
  const model = read(article);
  return describe(
    model.text,
    indexOfPoint(model, range.startContainer, range.startOffset),
    indexOfPoint(model, range.endContainer, range.endOffset),
  );
};

/** The piece of the page where code points [start, end) stand, or null when the article ends before. */
export const rangeOf = (article, start, end) => {
  const model = read(article);
  const place = (index, isEnd) => {
    for (const { element, at } of model.parts) {
      let before = at;
      for (const node of textNodes(element)) {
        const after = before + node.data.length;
        if (isEnd ? index > before && index <= after : index >= before && index < after) return [node, index - before];
        before = after;
      }
    }
    return null;
  };
  const from = place(toUtf16(model.text, start), false);
  const to = place(toUtf16(model.text, end), true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
};
