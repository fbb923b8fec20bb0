// The server writes UTC; here times are shown as the moderator's clock has them.

const WAYS = {
  "": { hour: "numeric", minute: "2-digit" },
  day: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};

const DAY = 86_400_000; // milliseconds

export function startTimes(root) {
  const { lang } = root.documentElement;
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(lang).length > 0;
  for (const one of root.querySelectorAll("time[data-local]")) {
    const taken = new Date(one.dateTime);
    if (Number.isNaN(taken.getTime())) continue;
    one.title = one.textContent.trim();
    one.textContent = isKnown ? written(taken, here(lang), one.dataset.local) : inWords(one, taken);
  }
}

function written(taken, locale, way) {
  return new Intl.DateTimeFormat(locale, WAYS[way]).format(taken);
}

/** Where the browser knows no dates of a language: her hours in the server's words for the day. */
function inWords(one, taken) {
  const hours = written(taken, "en-GB", "");
  const days = one.dataset.days?.split("|");
  if (!days) return hours;
  const local = Date.UTC(taken.getFullYear(), taken.getMonth(), taken.getDate());
  const apart = Math.floor(local / DAY) - Math.floor(taken / DAY);
  return one.textContent.trim().replace(days[1], days[1 + apart]).replace(/\d+:\d\d UTC/, hours);
}

/** The screen's language as it is written where she lives: in London 13:18, not 1:18 PM. */
function here(lang) {
  return navigator.languages.find((tag) => script(tag) === script(lang)) ?? lang;
}

/** Language and script; "" where a browser gives what is no tag, such as en-US@posix. */
function script(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return "";
  }
}
