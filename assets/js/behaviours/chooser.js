// A list of choices under a field that filters it. Enter chooses the first; the arrows walk between field and choices,
// where digits choose; Escape goes back. In the field a digit is a word like any other: claims are full of figures.

export const start = (box, signal) => {
  const filter = box.querySelector("input[type=search]");
  const choices = () => [...box.querySelectorAll(".choices button")];
  const step = (by) => {
    const all = [filter, ...choices()];
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(document.activeElement) + by))]?.focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target === filter;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape") box.parentElement.querySelector("[data-close]")?.click();
    else if (typing && event.key === "Enter") choices()[0]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  // Without scripts the form looks on the server; here the field does, while one types.
  filter?.form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  filter?.focus();
};
