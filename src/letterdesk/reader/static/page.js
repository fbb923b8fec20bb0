/* On the site's own pages: fetch what helps to write when she starts to write.
 * Without WebCrypto the form is sent as it is, with a mark by which it counts once, however
 * often it is sent. So is one that the letterbox hands back: it has a mark, and little to say;
 * and so are a report and an appeal. */

const SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";
const PATIENCE = 30_000; /* milliseconds */
const data = document.querySelector(".says");
const section = data?.parentElement; /* with the form of a letter, a report or an appeal */
const says = data && JSON.parse(data.textContent);
const canSeal = says?.thanks && crypto.subtle;
const once = Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => SYMBOLS[byte % 32]);
let writing, helper, alert, isSent, isReached;

/* Give the form's helper, once; undefined where letters cannot be sealed, or it does not come. */
async function start() {
  if (!canSeal) return undefined;
  writing ??= import("./write.js")
    .then(async (write) => {
      await write.canSeal();
      helper = new write.Writing(section);
      return helper;
    })
    .catch(() => (writing = undefined));
  return writing;
}

async function answer(link) {
  const form = await start();
  const id = new URL(link.href).searchParams.get("to");
  if (form) form.answer(id, document.getElementById(`c-${id}`));
  else if (await reaches()) location.assign(link.href);
}

/* Say whether anything answers; where nothing does, tell her: a page that cannot come would
 * take with it what she has typed. */
async function reaches(form = section.querySelector("form")) {
  alert?.remove();
  try {
    await fetch("/healthz", { signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    alert = document.createElement("p");
    alert.className = "alert";
    alert.role = "alert";
    alert.textContent = says.wrong.offline ?? says.wrong.unsure;
    form.prepend(alert);
    alert.scrollIntoView({ block: "nearest" });
    return false;
  }
}

/* Send the form as it is, or sealed where its helper could be fetched now. */
async function send(form, button) {
  form.ariaBusy = "true";
  isReached = await reaches(form);
  if (isReached) await start();
  form.ariaBusy = null;
  if (isReached) form.requestSubmit(button);
  isReached = false; /* for this once */
}

/* No style tells a browser to end a line of Chinese where a word ends: a headline is given
 * places for it, between the words that the browser knows. */
function endLinesAtWords(heading) {
  const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(heading.textContent)];
  heading.replaceChildren(...words.flatMap(({ segment, isWordLike }, at) => {
    const isBetween = isWordLike && words[at - 1]?.isWordLike;
    return isBetween ? [document.createElement("wbr"), segment] : [segment];
  }));
}

section?.addEventListener("formdata", ({ formData }) => {
  if (!formData.has("once")) formData.set("once", once.join(""));
});

/* What was typed is gone with the page; where there is a helper, it asks. */
section?.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return; /* by the helper */
  isSent = isReached;
  if (isReached) return;
  event.preventDefault();
  if (!event.target.ariaBusy) send(event.target, event.submitter);
});
addEventListener("pageshow", () => {
  isSent = false;
});
addEventListener("beforeunload", (event) => {
  if (!helper && !isSent && section?.querySelector("textarea")?.value.trim()) event.preventDefault();
});

if (canSeal) {
  section.addEventListener("focusin", start);
  document.querySelector(".thread")?.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="/reply?to="]');
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    answer(link);
  });
}

const headline = document.querySelector(".story h1:lang(zh)");
if (headline && !headline.firstElementChild && Intl.Segmenter) endLinesAtWords(headline);
