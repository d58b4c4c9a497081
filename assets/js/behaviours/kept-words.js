// A verdict that can no longer be written, while this browser still keeps words for it: shown beside what stands, to
// be copied or dropped.

import { compare, dropAll, found } from "lib/drafts";
import { translated as _ } from "lib/tongue";

export const start = async (place, signal) => {
  const [entry] = found(place.dataset);
  if (!entry) return;
  const token = place.querySelector("[name=csrfmiddlewaretoken]").value;
  if (!(await compare(place, place.dataset.compare, token, entry.pairs))) {
    dropAll(place.dataset);
    return;
  }
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: _("Drop these words") });
  button.addEventListener("click", () => {
    dropAll(place.dataset);
    place.hidden = true;
    document.getElementById("panel-head")?.focus();
  }, { signal });
  place.querySelector(".note > div").append(button);
};
