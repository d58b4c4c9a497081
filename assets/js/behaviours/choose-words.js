// Two texts of one verdict: what is chosen for a field goes into the form at once and is saved from there. Typing in
// the field below is a choice as well. Until everything that differs is chosen, nothing is sent.

import { dropAll, fill, words } from "lib/drafts";
import { translated as _ } from "lib/tongue";

export const start = (section, signal) => {
  const form = document.getElementById("verdict-form");
  if (!form) return;
  const fields = [...section.querySelectorAll("[data-field]")];
  const differs = section.querySelector("[name=differs]");
  const isKept = Boolean(section.closest("#kept-words"));

  const settle = (field, choice) => {
    field.dataset.settled = choice;
    const open = fields.filter((one) => !one.dataset.settled);
    if (differs) differs.value = open.map((one) => one.dataset.field).join(" ");
    if (open.length) return;
    if (isKept) dropAll(form.dataset);
    done.hidden = false;
  };
  const take = (field, side) => {
    const value = JSON.parse(field.dataset[side]);
    const pairs = (Array.isArray(value) ? value : [value]).map((one) => [field.dataset.field, one]);
    field.querySelector(`[value=${side}]`).checked = true;
    settle(field, side);
    fill(form, pairs, field.dataset.field);
  };
  const tell = () => form.dispatchEvent(new Event("change", { bubbles: true }));

  const all = section.querySelector("[data-all]");
  const done = document.createElement("button");
  Object.assign(done, { type: "button", className: "btn small primary", textContent: _("Done"), hidden: true });
  all.append(done);
  all.hidden = false;

  section.addEventListener("change", (event) => {
    take(event.target.closest("[data-field]"), event.target.value);
    tell();
  }, { signal });
  all.addEventListener("click", (event) => {
    const side = event.target.closest("[data-take]")?.dataset.take;
    if (side) {
      fields.forEach((field) => take(field, side));
      tell();
    }
    if (side || event.target === done) {
      section.hidden = true;
      form.elements.reasons.focus();
    }
  }, { signal });
  // What was typed while this was on its way.
  for (const field of fields) {
    const values = words(form).filter(([name]) => name === field.dataset.field).map(([, value]) => value);
    const now = JSON.stringify([...values, ...(values.length ? [] : [""])].join("\n"));
    const known = [field.dataset.theirs, field.dataset.yours].map((json) => JSON.stringify([JSON.parse(json)].flat().join("\n")));
    if (!known.includes(now)) settle(field, "edited");
  }
  form.addEventListener("input", (event) => {
    const field = fields.find((one) => one.dataset.field === event.target.name);
    if (field && !field.dataset.settled) settle(field, "edited");
  }, { signal, capture: true });
};
