// What others change shows up here. A piece of the page with `data-live="article-3 desk-1"` is fetched again from its
// `data-live-url` when one of these changes, and only what differs is put in; with `data-live-named` the answer is parts
// of the page, each for the element of its id. Everybody else hears the event `live`.

import { listen } from "lib/live-line";
import { alive, parse, patch } from "lib/patch";

const BOARD = new Set(["claim", "publication", "article", "progress"]);
const PAUSE = 250;
const OWN = 2_500;

const topics = (change) => {
  if (change.kind === "notice") return ["notices"];
  const found = [];
  if (BOARD.has(change.kind)) found.push(`article-${change.article}`, `desk-${change.desk}`);
  if (change.kind === "comment") found.push(`comments-${change.claim}`);
  return found;
};

// Words that somebody is selecting are not taken away from under the pointer.
const isSelected = (node) => {
  const selection = document.getSelection();
  return Boolean(selection) && !selection.isCollapsed && selection.containsNode(node, true);
};

export const start = (bar, signal) => {
  const waiting = new Map();
  let sentAt = 0;
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.verb !== "get") sentAt = performance.now();
  }, { signal });

  const put = (element, html) => {
    const found = parse(html);
    const named = [...found.children].filter((one) => one.id && document.getElementById(one.id));
    const pairs = "liveNamed" in element.dataset ? named.map((one) => [document.getElementById(one.id), one]) : [[element, found]];
    const kept = pairs.map(([mine, wanted]) => patch(mine, wanted, { keep: isSelected, ...alive }));
    if (kept.some(Boolean)) again(element, 3_000);
    document.dispatchEvent(new CustomEvent("live:put", { detail: element }));
  };
  const fetchNow = async (element) => {
    waiting.delete(element);
    if (!element.isConnected || signal.aborted) return;
    const here = "liveHere" in element.dataset ? location.search : "";
    try {
      const headers = { "HX-Request": "true", "HX-Target": element.id };
      const answer = await fetch(element.dataset.liveUrl + here, { headers, signal, redirect: "error" });
      if (answer.ok && element.isConnected) put(element, await answer.text());
    } catch (problem) {
      if (!signal.aborted) again(element, 5_000);
    }
  };
  const again = (element, pause = PAUSE) => {
    if (!waiting.has(element)) waiting.set(element, setTimeout(fetchNow, pause, element));
  };

  const hear = (change) => {
    document.dispatchEvent(new CustomEvent("live", { detail: change }));
    const touched = new Set(topics(change));
    // One's own step came back with the page as it stands.
    const isOwn = String(change.by) === bar.dataset.person && performance.now() - sentAt < OWN;
    if (isOwn && change.kind !== "comment") return;
    for (const element of document.querySelectorAll("[data-live]")) {
      if (change.kind === "reset" || element.dataset.live.split(" ").some((one) => touched.has(one))) again(element);
    }
  };
  const { stream, poll, person, since } = bar.dataset;
  listen({ stream, poll, person, since, hear, signal });
};
