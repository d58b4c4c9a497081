// Tells that somebody else changed the claim in hand, and offers to show it. Nothing is replaced unasked: there may be
// half a sentence in the form below.

const DID = {
  claim: "changed this claim",
  verdict: "wrote on this verdict",
  evidence: "changed the sources",
  review: "decided on this verdict",
  publication: "published this claim",
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
    who.textContent = change.name || "The workbench";
    words.append(who, ` ${DID[change.kind]} at ${change.at.slice(11, 16)}. `);
    const show = document.createElement("a");
    show.href = head.dataset.show;
    show.id = "show-changed";
    show.className = "btn small";
    show.textContent = "Show";
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
