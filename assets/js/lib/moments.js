// Moments for people, in the browser's own zone: "today 17:00", "tomorrow 09:00", "9 Jan, 17:00"; and the values of
// date fields, which have no zone, from UTC and back.

const day = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
const two = (number) => String(number).padStart(2, "0");

export const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;

export const said = (at, now = new Date()) => {
  const away = Math.round((day(at) - day(now)) / 86_400_000);
  const language = document.documentElement.lang || "en";
  if (Math.abs(away) < 2) {
    return `${new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(away || 0, "day")} ${clock(at)}`;
  }
  const options = { day: "numeric", month: "short", ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }) };
  return `${at.toLocaleDateString(language === "en" ? "en-GB" : language, options)}, ${clock(at)}`;
};

export const localValue = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${clock(at)}`;

export const utcValue = (local) => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(0, 16);
};
