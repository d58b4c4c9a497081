// A moment that was written in UTC, put into the reader's own time. The UTC time stays as its title.
import { said } from "lib/moments";

export const start = (element) => {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  element.title = element.textContent.trim();
  element.textContent = said(at);
};
