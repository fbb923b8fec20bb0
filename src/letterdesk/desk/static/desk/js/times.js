// The server writes UTC; here times are shown as the moderator's clock has them.

const WAYS = {
  "": { hour: "numeric", minute: "2-digit" },
  day: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};

export function startTimes(root) {
  const { lang } = root.documentElement;
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(lang).length > 0;
  for (const one of root.querySelectorAll("time[data-local]")) {
    const taken = new Date(one.dateTime);
    if (Number.isNaN(taken.getTime())) continue;
    // Where the browser knows no dates of a language, the server's words are better than none;
    // hours and minutes need no words.
    if (!isKnown && one.dataset.local) continue;
    const locale = isKnown ? here(lang) : "en-GB";
    one.title = one.textContent.trim();
    one.textContent = new Intl.DateTimeFormat(locale, WAYS[one.dataset.local]).format(taken);
  }
}

/** The screen's language as it is written where she lives: in London 13:18, not 1:18 PM. */
function here(lang) {
  return navigator.languages.find((tag) => written(tag) === written(lang)) ?? lang;
}

/** Language and script; "" where a browser gives what is no tag, such as en-US@posix. */
function written(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return "";
  }
}
