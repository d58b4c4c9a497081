// The small things of the claim panel: chips that open their form with the caret in it, links that lead to the field
// that is missing, what a rating means, and the link to copy. All of it works without this as plain forms and links.
import { translated as _ } from "lib/tongue";

let back = "";

const firstField = (place) => place.querySelector("input:not([type=hidden], [disabled]), textarea, select");

export const start = (body, signal) => {
  const panel = body.closest("#panel");
  const on = (name, heard, options = {}) => panel.addEventListener(name, heard, { signal, ...options });

  // After a small form was saved the hand is where it was: on its chip.
  const chip = back && document.getElementById(back);
  back = "";
  if (chip && !chip.open) chip.querySelector("summary").focus({ preventScroll: true });
  on("htmx:beforeRequest", (event) => { back = event.target.closest?.(".fact-edit")?.id ?? ""; });

  const go = (to) => {
    for (let fold = to.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const source = to.id === "sources" ? to.querySelector("[data-key=s]") : null;
    source?.closest("details")?.setAttribute("open", "");
    const field = source ?? (to.matches("input, textarea, select") ? to : firstField(to));
    to.scrollIntoView({ block: "nearest" });
    if (!field) to.setAttribute("tabindex", "-1");
    (field ?? to).focus();
  };

  const copy = async (link) => {
    const label = link.querySelector("span");
    await navigator.clipboard.writeText(new URL(link.dataset.copy, location.href).href);
    label.textContent = _("Link copied");
  };

  on("click", (event) => {
    const target = event.target;
    const summary = target.closest(".fact-edit > summary");
    if (summary && !summary.parentElement.open) setTimeout(() => firstField(summary.parentElement)?.focus(), 0);
    const leads = target.closest("a[data-go]");
    if (leads) {
      const to = document.querySelector(leads.getAttribute("href"));
      if (!to) return;
      event.preventDefault();
      go(to);
      if (leads.dataset.rate) panel.querySelector(`#verdict-form [name=rating][value="${leads.dataset.rate}"]`)?.click();
    }
    const link = target.closest("a[data-copy]");
    if (link && navigator.clipboard) {
      event.preventDefault();
      copy(link);
    }
    const other = target.closest(".other .menu-body");
    if (other && event.detail > 0) other.closest("details").open = false;
  });

  on("keydown", (event) => {
    const open = event.target.closest(".fact-edit[open]");
    if (open && event.key === "Escape") {
      event.stopPropagation();
      open.open = false;
      open.querySelector("summary").focus();
    }
    const menu = event.target.closest(".other[open]");
    if (menu && event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // What the chosen rating means, and which of the others it is.
  on("change", () => {
    const scale = panel.querySelector("#verdict-scale");
    if (!scale) return;
    const label = scale.querySelector("label:has(:checked)");
    scale.querySelector("#rating-says").textContent = label?.dataset.definition ?? "";
    const other = scale.querySelector(".other");
    const summary = other?.querySelector("summary");
    if (!summary) return;
    const isOther = other.contains(label);
    summary.querySelector("[data-picked]").textContent = isOther ? label.querySelector("span").textContent : other.dataset.other;
    summary.toggleAttribute("data-rating", isOther);
    if (isOther) summary.dataset.rating = label.dataset.rating;
    summary.querySelector("use").setAttribute("href", (isOther ? label : other.querySelector(".menu-body")).querySelector("use").getAttribute("href"));
  });
};
