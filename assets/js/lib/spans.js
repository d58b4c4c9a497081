// Positions in the article, at the browser's edge. Everywhere else in the product a position counts Unicode code
// points of the stored text; JavaScript counts UTF-16 units. Only this module converts.
//
// The article is an element with one child element a paragraph. A paragraph carries `data-start` (its first code
// point) and `data-before` (the white space between it and the one before) unless that is one blank line. Elements
// with `data-ref` are reference numbers that stand in the page but not in the text. Nothing here reads the whole
// article: a place is a paragraph and an index in it, and only the paragraphs that a span touches are looked at.

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

const KIND = { acceptNode: (node) => (node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : node.hasAttribute("data-ref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) };
const textNodes = (paragraph) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, KIND);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};

const models = new WeakMap();
/** The paragraphs with where each begins, in code points. Read once for each element: a swap brings a new one. */
export const modelOf = (article) => {
  let model = models.get(article);
  if (model && (!model.elements.length || article.contains(model.elements[0]))) return model;
  const elements = [...article.querySelectorAll("[data-start]")];
  model = { elements, starts: elements.map((element) => Number(element.dataset.start)), count: elements.length };
  model.text = (at) => textNodes(elements[at]).map((node) => node.data).join("");
  model.before = (at) => elements[at].dataset.before ?? (at ? "\n\n" : "");
  models.set(article, model);
  return model;
};

/** The last paragraph that begins at or before this code point; -1 when none does. */
const paragraphAt = ({ starts }, position) => {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Where a point of the page (node, offset) stands: {at, index}. A point between paragraphs belongs to the next one. */
export const placeOfPoint = (article, node, offset) => {
  const model = modelOf(article);
  if (!model.count) return null;
  const point = document.createRange();
  point.setStart(node, offset);
  const isBefore = (other) => {
    const here = document.createRange();
    here.selectNode(other);
    return point.compareBoundaryPoints(Range.START_TO_START, here) <= 0;
  };
  const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  const at = element ? paragraphAt(model, Number(element.dataset.start)) : -1;
  if (at < 0 || model.elements[at] !== element) {
    const next = model.elements.findIndex(isBefore);
    const last = model.count - 1;
    return next < 0 ? { at: last, index: model.text(last).length } : { at: next, index: 0 };
  }
  let before = 0;
  for (const piece of textNodes(element)) {
    if (piece === node) return { at, index: before + offset };
    if (isBefore(piece)) return { at, index: before };
    before += piece.data.length;
  }
  return { at, index: before };
};

/** Where a code point stands. With `isEnd` a position at a border belongs to the words before it. */
export const placeOf = (article, position, isEnd = false) => {
  const model = modelOf(article);
  const at = paragraphAt(model, isEnd ? position - 1 : position);
  return at < 0 ? null : { at, index: toUtf16(model.text(at), position - model.starts[at]) };
};

export const compare = (one, other) => one.at - other.at || one.index - other.index;

const edge = (text, index, granularity, toEnd, keep) => {
  if (index <= 0 || index >= text.length) return index;
  // A window around the edge is enough, and a long paragraph stays quick.
  const base = Math.max(0, text.lastIndexOf("\n", index - 1) + 1, index - 200);
  const hit = new Intl.Segmenter(undefined, { granularity }).segment(text.slice(base, index + 200)).containing(index - base);
  if (!hit || hit.index === index - base || !keep(hit)) return index;
  return base + hit.index + (toEnd ? hit.segment.length : 0);
};

/** The same piece grown to whole graphemes and without white space at its ends; null when nothing is left. */
export const snap = (text, from, to) => {
  let [start, end] = from <= to ? [from, to] : [to, from];
  start = edge(text, start, "grapheme", false, () => true);
  end = edge(text, end, "grapheme", true, () => true);
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  // Marks that only steer the writing direction are no words either.
  return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text.slice(start, end)) ? [start, end] : null;
};

/** An edge that cuts a word moves to the word's own edge: outwards, so that nothing selected is lost. */
export const toWord = (text, index, toEnd) => edge(text, index, "word", toEnd, (hit) => hit.isWordLike);

/** The selectors of text[start, end), in UTF-16 of this text, whose first character is code point `base`. */
export const describe = (text, from, to, base = 0) => {
  const piece = snap(text, from, to);
  if (!piece) return null;
  const [start, end] = piece;
  const first = base + toCodePoints(text, start);
  const exact = text.slice(start, end);
  return {
    start: first,
    end: first + codePoints(exact),
    exact,
    prefix: [...text.slice(Math.max(0, start - 2 * CONTEXT), start)].slice(-CONTEXT).join(""),
    suffix: [...text.slice(end, end + 2 * CONTEXT)].slice(0, CONTEXT).join(""),
  };
};

/** The span between two places, with its context. With `byWord` a word that is cut is taken whole. */
export const spanBetween = (article, one, other, byWord = false) => {
  const model = modelOf(article);
  const [from, to] = compare(one, other) <= 0 ? [one, other] : [other, one];
  const parts = [];
  for (let at = from.at; at <= to.at; at += 1) parts.push(model.text(at));
  const start = byWord ? toWord(parts[0], from.index, false) : from.index;
  const end = byWord ? toWord(parts.at(-1), to.index, true) : to.index;
  let [first, last, left, text] = [from.at, to.at, "", parts[0]];
  let at = 0;
  for (let n = 1; n < parts.length; n += 1) {
    text += model.before(from.at + n);
    at = text.length;
    text += parts[n];
  }
  while (first > 0 && left.length + start < 2 * CONTEXT) left = model.text(--first) + model.before(first + 1) + left;
  if (first === 0) left = model.before(0) + left;
  while (last < model.count - 1 && text.length - at - end < 2 * CONTEXT) text += model.before(++last) + model.text(last);
  const base = model.starts[first] - (first === 0 ? codePoints(model.before(0)) : 0);
  return describe(left + text, left.length + start, left.length + at + end, base);
};

/** What the person has selected in the article as {start, end, exact, prefix, suffix}, or null. */
export const spanOfSelection = (article, selection, byWord = false) => {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(article)) return null;
  const from = placeOfPoint(article, range.startContainer, range.startOffset);
  const to = placeOfPoint(article, range.endContainer, range.endOffset);
  return from && to && spanBetween(article, from, to, byWord);
};

const nodeAt = (model, { at, index }, isEnd) => {
  let before = 0;
  for (const node of textNodes(model.elements[at])) {
    const after = before + node.data.length;
    if (isEnd ? index > before && index <= after : index >= before && index < after) return [node, index - before];
    before = after;
  }
  return null;
};

/** The piece of the page between two places, or null where there are no words. */
export const rangeBetween = (article, from, to) => {
  const model = modelOf(article);
  const [first, last] = [nodeAt(model, from, false), nodeAt(model, to, true)];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
};

/** The piece of the page where code points [start, end) stand, or null when the article ends before. */
export const rangeOf = (article, start, end) => {
  const [from, to] = [placeOf(article, start), placeOf(article, end, true)];
  return from && to && rangeBetween(article, from, to);
};
