// A verdict saves itself while it is written. The words are also kept in this browser until the server said that it
// has them, so that neither a lost line nor a closed tab loses a sentence.

const IDLE = 1_200;
const AGAIN = 8_000;
// Forms that were swapped away in the middle of a sentence: the next form of that claim goes on from there.
const cutShort = new Map();
const SKIP = new Set(["csrfmiddlewaretoken", "seen", "version"]);

const words = (form) => [...new FormData(form)].filter(([name]) => !SKIP.has(name));
const put = (form, pairs) => {
  for (const field of form.elements) {
    if (!field.name || SKIP.has(field.name)) continue;
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
};

export const start = (form, signal) => {
  const key = `draft:${form.dataset.person}:${form.dataset.claim}`;
  let timer = 0;
  let sent = "";
  const now = () => JSON.stringify(words(form));
  let saved = now();
  const seen = () => form.elements.seen.value;
  signal.addEventListener("abort", () => { if (now() !== saved) cutShort.set(key, seen()); });
  // Looked up each time: the line is swapped by the answer to each save.
  const tell = (text) => { form.querySelector("[data-save-status]").textContent = text; };

  const save = () => {
    clearTimeout(timer);
    if (signal.aborted || now() === saved) return;
    sent = now();
    tell("Saving…");
    htmx.trigger(form, "draft-idle");
  };
  const changed = () => {
    localStorage.setItem(key, now());
    tell("Not saved yet");
    clearTimeout(timer);
    timer = setTimeout(save, IDLE);
  };
  form.addEventListener("input", changed, { signal });
  form.addEventListener("change", changed, { signal });
  window.addEventListener("online", save, { signal });

  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form && !form.contains(event.detail.elt)) return;
    if (event.detail.successful) {
      saved = sent || now();
      if (now() === saved) localStorage.removeItem(key);
      else changed();
    } else if (!event.detail.xhr?.status || event.detail.xhr.status >= 500) {
      tell("Not saved yet: no connection. Your words are kept here and sent later.");
      clearTimeout(timer);
      timer = setTimeout(save, AGAIN);
    }
  }, { signal });

  // Words that an earlier visit could not send.
  const kept = localStorage.getItem(key);
  const prompt = form.querySelector("[data-restore]");
  const goesOn = cutShort.get(key) === seen();
  cutShort.delete(key);
  if (!kept || kept === saved || !prompt) return;
  if (goesOn) {
    put(form, JSON.parse(kept));
    changed();
    return;
  }
  prompt.hidden = false;
  prompt.querySelector("[data-restore-yes]").addEventListener("click", () => {
    put(form, JSON.parse(kept));
    prompt.hidden = true;
    changed();
  }, { signal });
  prompt.querySelector("[data-restore-no]").addEventListener("click", () => {
    localStorage.removeItem(key);
    prompt.hidden = true;
  }, { signal });
};
