// Tells that somebody else changed the claim in hand, and offers to show it. Nothing is replaced unasked: there may be
// half a sentence in the form below.
import { translated as _ } from "lib/tongue";

const DID = {
  claim: () => _("{name} changed this claim at {time}."),
  verdict: () => _("{name} wrote on this verdict at {time}."),
  evidence: () => _("{name} changed the sources at {time}."),
  review: () => _("{name} decided on this verdict at {time}."),
  publication: () => _("{name} published this claim at {time}."),
};

export const start = (head, signal) => {
  const note = head.querySelector("#claim-changed");
  const me = document.querySelector("header.bar")?.dataset.person;

  const offer = (change) => {
    const line = document.createElement("p");
    line.className = "note";
    line.dataset.tone = "warn";
    const words = document.createElement("span");
    const who = document.createElement("b");
    who.textContent = change.name || _("The workbench");
    const [before, after] = DID[change.kind]().replace("{time}", change.at.slice(11, 16)).split("{name}");
    words.append(before, who, `${after} `);
    const show = document.createElement("a");
    show.href = head.dataset.show;
    show.id = "show-changed";
    show.className = "btn small";
    show.textContent = _("Show");
    show.setAttribute("hx-get", head.dataset.show);
    show.setAttribute("hx-target", "#panel");
    line.append(words, show);
    note.replaceChildren(line);
    htmx.process(show);
  };
  document.addEventListener("live", ({ detail }) => {
    if (String(detail.claim) !== head.dataset.claimLive || !DID[detail.kind] || String(detail.by) === me) return;
    offer(detail);
  }, { signal });
};
