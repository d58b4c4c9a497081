// Says that this tab is here, with which claim, and whether somebody works on it; shows who else is.

import { alive, parse, patch } from "lib/patch";

const EVERY = 20_000;
// After a sign of life that did not arrive: the connection is often back at once. Then as before.
const AGAIN = [2_000, 5_000];
// Without a key or a pointer for so long, nobody is working here any more.
const STILL = 5 * 60_000;

const name = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const inHand = () => document.querySelector("#panel [data-claim-live]")?.dataset.claimLive ?? "";

export const start = (here, signal) => {
  const tab = name();
  let touchedAt = Date.now();
  let said = null;
  let timer = 0;
  let soon = 0;
  let failed = 0;
  const works = () => Date.now() - touchedAt < STILL && Boolean(document.querySelector("#verdict-form textarea:not(:disabled)"));

  const show = (html) => {
    for (const part of [...parse(html).children]) {
      const mine = part.id && document.getElementById(part.id);
      if (mine) patch(mine, part, alive);
    }
  };
  const send = async (url, more = {}) => {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token(), tab, ...more });
    try {
      const answer = await fetch(url, { method: "POST", body, signal, redirect: "error" });
      if (answer.ok) show(await answer.text());
      return answer.status < 500;
    } catch (problem) { return false; /* the next sign of life says it again */ }
  };
  const say = async () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const claim = inHand();
    said = `${claim} ${works()}`;
    const mine = timer = setTimeout(say, EVERY);
    const arrived = await send(here.dataset.say, { claim, working: works() ? "yes" : "no" });
    if (arrived) failed = 0;
    // Somebody may have said it again meanwhile: that one has a timer of its own.
    else if (timer === mine && !signal.aborted && failed < AGAIN.length) {
      clearTimeout(timer);
      timer = setTimeout(say, AGAIN[failed++]);
    }
  };
  const sayIfNew = () => { if (`${inHand()} ${works()}` !== said) say(); };

  document.addEventListener("htmx:afterSettle", sayIfNew, { signal });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) say(); }, { signal });
  for (const kind of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(kind, () => {
      touchedAt = Date.now();
      sayIfNew();
    }, { signal, passive: true });
  }
  document.addEventListener("live", ({ detail }) => {
    if (detail.kind !== "here" || String(detail.article) !== here.dataset.article) return;
    clearTimeout(soon);
    soon = setTimeout(say, 150);
  }, { signal });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-hold]");
    if (!form) return;
    event.preventDefault();
    send(form.action).then(() => document.querySelector("#verdict-form textarea")?.focus());
  }, { signal });
  window.addEventListener("pagehide", () => {
    navigator.sendBeacon(here.dataset.gone, new URLSearchParams({ csrfmiddlewaretoken: token(), tab }));
  }, { signal });
  window.addEventListener("pageshow", (event) => { if (event.persisted) say(); }, { signal });
  say();
};
