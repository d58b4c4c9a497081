// Citing while one writes: "[" lists the sources, a button puts a number in, and a number that no source has is told
// at once. What the reasons need and how they will read is asked from the server a moment after the last key.

import { begun, citing, unknown } from "lib/citations";
import { translated as _ } from "lib/tongue";

const IDLE = 500;

export const start = (form, signal) => {
  const area = form.elements.reasons;
  const list = form.querySelector("#cite-list");
  const says = form.querySelector("#cite-says");
  const sources = () => [...document.querySelectorAll("#verdict-says [data-cite]")];
  let timer = 0;
  let at = 0;

  const mark = () => {
    const wrong = unknown(area.value, sources().length);
    says.textContent = wrong.length ? _("No source here has the number {numbers}", { numbers: wrong.map((one) => `[${one}]`).join(", ") }) : "";
    area.toggleAttribute("aria-invalid", wrong.length > 0);
    if (wrong.length) area.setAttribute("aria-invalid", "true");
  };
  const look = () => {
    mark();
    clearTimeout(timer);
    timer = setTimeout(() => signal.aborted || htmx.trigger("#verdict-says", "check-idle"), IDLE);
  };

  const close = () => {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    area.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  const offer = () => {
    const typed = begun(area.value, area.selectionStart);
    const fitting = typed === null ? [] : sources().filter((one) => one.dataset.cite.startsWith(typed));
    if (!fitting.length) return close();
    list.replaceChildren(...fitting.map(({ dataset }) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `cite-${dataset.cite}`, role: "option", textContent: `[${dataset.cite}] ${dataset.title}` });
      option.dataset.number = dataset.cite;
      return option;
    }));
    list.hidden = false;
    point(0);
  };
  const put = (number) => {
    const { from, to, words } = citing(area.value, area.selectionStart, number);
    area.focus();
    area.setRangeText(words, from, to, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  area.addEventListener("input", offer, { signal });
  area.addEventListener("blur", () => setTimeout(close, 150), { signal });
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) point(at + step);
    else if (event.key === "Enter" || event.key === "Tab") put(list.children[at].dataset.number);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  list.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-number]");
    if (option) put(option.dataset.number);
  }, { signal });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#panel [data-cite]");
    if (button && !area.disabled) put(button.dataset.cite);
  }, { signal });

  form.addEventListener("input", look, { signal });
  form.addEventListener("change", look, { signal });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "sources") htmx.trigger(document.body, "sources-changed");
    if (event.detail.target?.id === "verdict-says") mark();
  }, { signal });
  mark();
};
