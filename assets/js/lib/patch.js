// Makes one piece of the page like another by changing only what differs: nodes that stay keep their focus, their
// scroll place, what was typed into them and what is selected in them.

const key = (node) => (node.nodeType === 1 ? node.id || (node.dataset.item ? `item:${node.dataset.item}` : "") : "");
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);
// Whether a fold is open is the reader's choice and not the server's; so is what a script said about a field.
const THEIRS = new Set(["open", "style", "aria-autocomplete", "aria-controls", "aria-activedescendant"]);
// A line or list that a script put there.
const isOurs = (node) => node.nodeType === 1 && node.hasAttribute("data-kept");

const attributes = (from, to) => {
  let changed = false;
  for (const { name, value } of [...to.attributes]) {
    if (THEIRS.has(name) || from.getAttribute(name) === value) continue;
    from.setAttribute(name, value);
    changed = true;
  }
  for (const { name } of [...from.attributes]) {
    if (THEIRS.has(name) || to.hasAttribute(name)) continue;
    from.removeAttribute(name);
    changed = true;
  }
  return changed;
};

// `keep(node)` says that a node must be left alone for now; `fresh(node)` is told of each that came in or changed, and
// `gone(node)` of each that left.
export const patch = (from, to, { keep = () => false, fresh = () => {}, gone = () => {} } = {}) => {
  let kept = false;
  const inside = (a, b) => {
    const known = new Map([...a.childNodes].filter(key).map((node) => [key(node), node]));
    let at = a.firstChild;
    for (const wanted of [...b.childNodes]) {
      const name = key(wanted);
      let mine = name ? known.get(name) : at;
      if (mine && (!alike(mine, wanted) || mine.parentNode !== a)) mine = null;
      if (!mine) {
        a.insertBefore(wanted, at);
        fresh(wanted);
        continue;
      }
      if (mine === at) at = at.nextSibling;
      else a.insertBefore(mine, at);
      one(mine, wanted);
    }
    while (at) {
      const next = at.nextSibling;
      if (keep(at)) kept = true;
      else if (!isOurs(at)) {
        gone(at);
        at.remove();
      }
      at = next;
    }
  };
  const one = (a, b) => {
    if (isOurs(a) || a.isEqualNode(b)) return;
    if (keep(a)) {
      kept = true;
      return;
    }
    if (a.nodeType !== 1) {
      if (a.data !== b.data) a.data = b.data;
      return;
    }
    // A field that somebody wrote in holds its words beside its markup.
    if (attributes(a, b)) fresh(a);
    inside(a, b);
  };
  inside(from, to);
  return kept;
};

// Lets htmx and the behaviours take up what came in, and stop what left, as htmx does with what it swaps itself.
export const alive = {
  fresh: (node) => {
    if (node.nodeType !== 1) return;
    htmx.process(node);
    htmx.trigger(node, "htmx:load", { elt: node });
  },
  gone: (node) => {
    if (node.nodeType !== 1) return;
    for (const one of [node, ...node.querySelectorAll("[data-behaviour]")]) htmx.trigger(one, "htmx:beforeCleanupElement", { elt: one });
  },
};

export const parse = (html) => {
  const found = document.createElement("template");
  found.innerHTML = html;
  return found.content;
};
