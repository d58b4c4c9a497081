// Keeps what is written in a small form in this browser until the server said that it has it. Ctrl Enter sends.
import { translated as _ } from "lib/tongue";

export const start = (form, signal) => {
  const field = form.querySelector("textarea");
  const line = form.querySelector("[data-kept]");
  const key = form.dataset.keep;
  const tell = (words) => { if (line) line.textContent = words; };
  const kept = localStorage.getItem(key);
  if (kept && !field.value) {
    field.value = kept;
    tell(_("These words were not sent yet."));
  }
  field.addEventListener("input", () => {
    if (field.value) localStorage.setItem(key, field.value);
    else localStorage.removeItem(key);
    tell("");
  }, { signal });
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }, { signal });
  form.addEventListener("htmx:beforeRequest", () => {
    localStorage.setItem(key, field.value);
    tell(_("Sending…"));
  }, { signal });
  // The answer takes the form out of the page: what it held is let go before that.
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    const status = event.detail.xhr.status;
    if (status >= 200 && status < 300) localStorage.removeItem(key);
  }, { signal });
  const failed = () => tell(_("Not sent: no connection. Your words are kept here; send them again."));
  form.addEventListener("htmx:sendError", failed, { signal });
  form.addEventListener("htmx:responseError", failed, { signal });
};
