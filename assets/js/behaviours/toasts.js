// Messages about what was just done can be closed, and go by themselves when nobody points at them.

const PATIENCE = 12_000;

export const start = (toasts, signal) => {
  const watch = (toast) => {
    const close = toast.querySelector("[data-dismiss]");
    if (close) close.hidden = false;
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2_000) : toast.remove());
    if (toast.dataset.level !== "error") setTimeout(leave, PATIENCE);
  };
  toasts.querySelectorAll(".toast").forEach(watch);
  toasts.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast").remove(), { signal });

  const tell = (words) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.level = "error";
    toast.textContent = words;
    toasts.replaceChildren(toast);
    setTimeout(() => toast.remove(), PATIENCE);
  };
  const quiet = (event) => event.detail.elt?.closest?.("[data-behaviour~=autosave-draft]") || event.detail.requestConfig?.elt?.hasAttribute("data-poll");
  document.addEventListener("htmx:sendError", (event) => quiet(event) || tell("The server cannot be reached. Nothing was changed; try again in a moment."), { signal });
  document.addEventListener("htmx:responseError", (event) => quiet(event) || tell("Something went wrong on our side. Nothing was changed; try again in a moment."), { signal });
};
