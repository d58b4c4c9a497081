// After an @ the people of the desk are offered; arrows choose, Enter or Tab takes, Escape leaves.

import { parse } from "lib/patch";
import { translated as _ } from "lib/tongue";

const AT = /(?:^|[^\w@.+-])@([\w.+-]*)$/;

export const start = (field, signal) => {
  const list = document.createElement("ul");
  list.className = "mention-list card";
  list.dataset.kept = "";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", _("People"));
  list.id = `${field.id}-people`;
  list.hidden = true;
  let asked = "";
  let wait = 0;
  signal.addEventListener("abort", () => list.remove());

  const options = () => [...list.querySelectorAll("[data-name]")];
  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
  };
  const choose = (option) => {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) field.setAttribute("aria-activedescendant", option.id);
  };
  const chosen = () => options().find((one) => one.getAttribute("aria-selected") === "true");
  const begun = () => AT.exec(field.value.slice(0, field.selectionStart))?.[1];
  const take = (option) => {
    const at = field.selectionStart;
    const from = at - (begun()?.length ?? 0);
    field.setRangeText(`${option.dataset.name} `, from, at, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    field.focus();
  };
  const look = async () => {
    const words = begun();
    if (words === undefined) return close();
    asked = words;
    try {
      const answer = await fetch(`${field.dataset.people}?q=${encodeURIComponent(words)}`, { signal, redirect: "error" });
      if (!answer.ok || asked !== words || begun() === undefined) return;
      list.replaceChildren(parse(await answer.text()));
      if (!list.isConnected) field.after(list);
      options().forEach((one) => { one.id = `${list.id}-${one.id}`; });
      list.hidden = false;
      list.style.top = `${field.offsetTop + field.offsetHeight + 2}px`;
      field.setAttribute("aria-controls", list.id);
      choose(options()[0]);
    } catch (problem) { close(); }
  };
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 120); }, { signal });
  field.addEventListener("blur", () => setTimeout(close, 150), { signal });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-name]");
    event.preventDefault();
    if (option) take(option);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen()) take(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
};
