// A verdict saves itself while it is written. The words are also kept in this browser until the server said that it
// has them, so that neither a lost line nor a closed tab, a stopped server or an ended session loses a sentence.

import { compare, drop, fill, found, keep, sent, words } from "lib/drafts";
import { translated as _ } from "lib/tongue";

const IDLE = 1_200;
const AGAIN = 8_000;
// Forms that were swapped away in the middle of a sentence: the next form of that claim goes on from there.
const cutShort = new Map();
const GOES_ON = "draft-goes-on";

export const start = (form, signal) => {
  const { claim, signIn } = form.dataset;
  const now = () => JSON.stringify(words(form));
  const seen = () => form.elements.seen.value;
  let timer = 0;
  let after = [];
  // A form that came back with a refusal holds words that were not saved; so does one in which somebody was quicker
  // than this script.
  const before = JSON.stringify(sent(form));
  let saved = "unsaved" in form.dataset ? "" : before;
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    if (now() !== saved) cutShort.set(claim, seen());
  });

  // Looked up each time: the line is swapped by the answer to each save.
  const tell = (text, link = null) => {
    const line = document.getElementById("save-status");
    line?.replaceChildren(text, ...(link ? [" ", link] : []));
  };
  // Nothing more can be sent from this page as it is. The way on stays where it is while one reaches for it.
  let isStuck = false;
  const stuck = (text, href, label) => {
    if (isStuck) return;
    isStuck = true;
    const link = Object.assign(document.createElement("a"), { href, textContent: label });
    link.addEventListener("click", () => sessionStorage.setItem(GOES_ON, claim));
    tell(text, link);
  };
  const isUndecided = () => document.querySelector("#panel [data-choose] [data-field]:not([data-settled])");

  const save = () => {
    clearTimeout(timer);
    if (signal.aborted || isStuck || now() === saved) return;
    if (isUndecided()) { tell(_("Not saved yet: choose above what should stand")); return; }
    tell(_("Saving…"));
    htmx.trigger(form, "draft-idle");
  };
  const changed = () => {
    clearTimeout(timer);
    if (isStuck) { keep(form); return; }
    if (now() === saved) { drop(form.dataset); return; }
    tell(keep(form) ? _("Not saved yet") : _("Not saved yet, and this browser cannot keep it"));
    timer = setTimeout(save, IDLE);
  };
  form.addEventListener("input", changed, { signal });
  form.addEventListener("change", changed, { signal });
  window.addEventListener("online", save, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && save(), { signal });

  // A step that swaps the panel waits until the words are saved, so that it comes back with them.
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, target, issueRequest } = event.detail;
    if (elt === form || elt.getAttribute("form") === form.id || target?.id !== "panel") return;
    if (now() === saved || isStuck || isUndecided()) return;
    event.preventDefault();
    after.push(() => issueRequest(true));
    save();
  }, { signal });
  const goOn = () => {
    const steps = after;
    after = [];
    steps.forEach((step) => step());
  };

  const signedOut = (xhr) => Boolean(xhr?.responseURL) && new URL(xhr.responseURL).pathname.startsWith(signIn);
  const outOfDate = (xhr) => xhr.status >= 400 && xhr.status < 500 && !xhr.getResponseHeader("HX-Retarget");
  const here = () => location.pathname + location.search;
  // Whatever was asked for on this page, the page to sign in on is no part of it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!signedOut(xhr) && !(requestConfig?.elt === form && outOfDate(xhr))) return;
    event.detail.shouldSwap = false;
    if (now() !== saved) keep(form);
    if (signedOut(xhr)) stuck(_("You are signed out. Your words are kept here."), `${signIn}?next=${encodeURIComponent(here())}`, _("Sign in to go on"));
    else stuck(_("Not saved yet: this page is out of date. Your words are kept here."), here(), _("Load it again"));
  }, { signal });

  // What a request carries is what the form holds when it leaves, which may be later than it was asked for.
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.elt === form) event.detail.requestConfig.carries = now();
  }, { signal });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig, successful } = event.detail;
    if (requestConfig?.elt !== form || signedOut(xhr)) return;
    if (successful) {
      saved = requestConfig.carries;
      changed();
      if (after.length && now() !== saved) save();
      else goOn();
    } else if (!xhr?.status || xhr.status >= 500) {
      tell(_("Not saved yet: no connection. Kept here, sent later"));
      clearTimeout(timer);
      timer = setTimeout(save, AGAIN);
      goOn();
    }
  }, { signal });

  if (now() !== before) changed();

  // Words that an earlier visit could not send: put back at once where the same hand goes on, else shown beside what
  // is saved, to choose from.
  const goesOn = cutShort.get(claim) === seen() || sessionStorage.getItem(GOES_ON) === claim;
  cutShort.delete(claim);
  sessionStorage.removeItem(GOES_ON);
  const entry = found(form.dataset).find(({ pairs }) => JSON.stringify(pairs) !== now());
  const place = document.getElementById("kept-words");
  if (!entry || isUndecided() || !place) return;
  if (goesOn && entry.seen === seen()) {
    fill(form, entry.pairs);
    form.dispatchEvent(new Event("change", { bubbles: true }));
    return;
  }
  compare(place, form.dataset.compare, form.elements.csrfmiddlewaretoken.value, entry.pairs)
    .then((differs) => differs || localStorage.removeItem(entry.key));
};
