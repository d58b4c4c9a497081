// Paints words of the page without touching its elements: the CSS Custom Highlight API where there is one, else the
// selection. And lays a small element beside a place of the page.

const canPaint = typeof Highlight === "function" && CSS.highlights;

/** Paint these ranges under a name that css/text.css knows; none takes the paint off. */
export const paint = (name, ...ranges) => {
  if (canPaint) {
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
    return;
  }
  const selection = document.getSelection();
  selection.removeAllRanges();
  if (ranges.length) selection.addRange(ranges.at(-1));
};

/** Where a point of the screen stands in the page's text: [node, offset], or null. */
export const pointAt = (x, y) => {
  const hit = document.caretPositionFromPoint?.(x, y);
  if (hit) return [hit.offsetNode, hit.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
};

/** Put an absolutely placed element below a box of the screen, inside the element it is placed in. */
export const placeBelow = (element, box) => {
  const home = element.offsetParent;
  const frame = home.getBoundingClientRect();
  const left = box.left - frame.left + box.width / 2 - element.offsetWidth / 2;
  element.style.left = `${Math.min(Math.max(0, left), frame.width - element.offsetWidth)}px`;
  element.style.top = `${box.bottom - frame.top + home.scrollTop + 10}px`;
};

/** The first and the last line of a range as boxes; the whole box of it for placing things below. */
export const linesOf = (range) => {
  const rows = [...range.getClientRects()].filter((row) => row.width > 0);
  return { first: rows[0], last: rows.at(-1) };
};
