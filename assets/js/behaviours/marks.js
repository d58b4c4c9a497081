// The marks in the text. Pointing at one, or at its line in the list, shows the whole extent of its claim. A click opens
// the claim whose words these are; a further click there, or O, the next of those that share the words. What is under
// the caret, or under the claim in hand, is said to those who listen.

import { paint } from "lib/painted";
import { rangeOf } from "lib/spans";
import { translated as _ } from "lib/tongue";

export const start = (article, signal) => {
  const say = document.getElementById("picker-says");
  const board = article.closest(".board");
  let under = null;
  let shown = "";

  // Marks by claim, found once: a swap of the text brings a new element and a new start.
  let index = null;
  const marksOf = (id) => {
    if (!index) {
      index = new Map();
      for (const mark of article.querySelectorAll("mark")) {
        const key = mark.dataset.claims ?? mark.dataset.mention;
        index.set(key, [...(index.get(key) ?? []), mark]);
      }
    }
    return index.get(id) ?? [];
  };
  const inHand = () => board.querySelector("#panel [data-claim]")?.dataset.claim ?? "";
  /** The claims whose words cover this node, innermost first. */
  const stackOf = (node) => {
    const found = [];
    let mark = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("mark");
    for (; mark && article.contains(mark); mark = mark.parentElement.closest("mark")) found.push(mark.dataset.claims ?? mark.dataset.mention);
    return found;
  };
  const numberOf = (id) => article.querySelector(`a[data-ref="${id}"]`);
  const itemOf = (id) => board.querySelector(`#claim-list [data-item="${id}"]`);
  const told = (id) => {
    const words = itemOf(id)?.querySelector("span[dir]")?.textContent ?? marksOf(id)[0]?.textContent ?? "";
    return `${numberOf(id)?.getAttribute("aria-label") ?? _("Claim")}: ${words.slice(0, 160)}`;
  };
  const open = (id) => (itemOf(id) ?? numberOf(id))?.click();

  const point = (id) => {
    if (id === shown) return;
    marksOf(shown).forEach((mark) => mark.classList.remove("is-pointed"));
    shown = id;
    marksOf(id).forEach((mark) => mark.classList.add("is-pointed"));
  };
  const pointFrom = (event) => {
    const target = event.target.closest?.("#article mark, #claim-list [data-item], #article a[data-ref]");
    point(target ? (target.dataset.item ?? target.dataset.ref ?? target.dataset.claims ?? target.dataset.mention) : "");
  };
  board.addEventListener("pointerover", pointFrom, { signal });
  board.addEventListener("focusin", pointFrom, { signal });
  board.addEventListener("focusout", () => point(""), { signal });

  article.addEventListener("click", (event) => {
    if (event.target.closest("a") || !event.target.closest("mark") || !document.getSelection().isCollapsed) return;
    const ids = stackOf(event.target);
    open(ids[(ids.indexOf(inHand()) + 1) % ids.length]);
  }, { signal });

  /** Claims that share words with this one, or with one that does, in the order of the text: each can be reached. */
  const sharing = (id) => {
    const ids = new Set(id && marksOf(id).length ? [id] : []);
    for (const known of ids) {
      for (const mark of marksOf(known)) {
        stackOf(mark).forEach((one) => ids.add(one));
        mark.querySelectorAll("mark").forEach((one) => ids.add(one.dataset.claims ?? one.dataset.mention));
      }
    }
    const place = (one) => marksOf(one)[0];
    return [...ids].sort((a, b) => (place(a).compareDocumentPosition(place(b)) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-next-overlap]")) return;
    const now = inHand();
    const ids = under?.isConnected ? stackOf(under) : sharing(now);
    const at = ids.indexOf(now);
    const others = ids.filter((id) => id !== now).length;
    if (!others) say.textContent = ids.length ? _("No other claim shares these words.") : _("There is no claim here.");
    else {
      const next = ids[(at + 1) % ids.length];
      open(next);
      say.textContent = _("{claim}. {place} of {count} on these words.", { claim: told(next), place: ((at + 1) % ids.length) + 1, count: ids.length });
    }
  }, { signal });

  article.addEventListener("caret", (event) => {
    under = event.detail;
    const ids = stackOf(under);
    if (ids.length) say.textContent += ` ${ids.length > 1 ? `${_("{count} claims here:", { count: ids.length })} ` : ""}${ids.map(told).join("; ").slice(0, 300)}`;
  }, { signal });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target?.id === "panel") sync(); }, { signal });
  const sync = () => {
    const now = inHand();
    article.querySelectorAll(".is-mentioned").forEach((mark) => mark.classList.remove("is-mentioned"));
    for (const mark of marksOf(now)) if (mark.dataset.mention) mark.classList.add("is-mentioned");
  };
  sync();

  // An address may name words of the text: `?at=START-END`, in code points.
  const asked = /^(\d{1,9})-(\d{1,9})$/.exec(new URLSearchParams(location.search).get("at") ?? "");
  const there = asked && rangeOf(article, Number(asked[1]), Number(asked[2]));
  if (there) {
    paint("found", there);
    there.startContainer.parentElement.scrollIntoView({ block: "center" });
    signal.addEventListener("abort", () => paint("found"));
  }
};
