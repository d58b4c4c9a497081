// A field for a moment: shown and typed in the reader's own time, sent in UTC. Without scripts it is UTC throughout.
import { localValue, utcValue } from "lib/moments";
import { translated as _ } from "lib/tongue";

export const start = (field, signal) => {
  const sent = document.createElement("input");
  sent.type = "hidden";
  sent.name = field.name;
  if (field.value) field.value = localValue(new Date(`${field.value}Z`));
  field.removeAttribute("name");
  field.after(sent);
  const label = field.labels[0];
  if (label?.dataset.zone) label.textContent = `${label.dataset.zone} (${Intl.DateTimeFormat().resolvedOptions().timeZone || _("local time")})`;
  const copy = () => { sent.value = utcValue(field.value); };
  field.addEventListener("input", copy, { signal });
  field.addEventListener("change", copy, { signal });
  copy();
};
