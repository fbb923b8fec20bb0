/* On the site's own pages: fetch what helps to write when she starts to write.
 * Without WebCrypto the form is sent as it is, with a mark by which it counts once, however
 * often it is sent. */

const SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";
const section = document.querySelector(".write:has(form)");
const once = Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => SYMBOLS[byte % 32]);
let writing, helper, isSent;

/* Give the form's helper, once; undefined where letters cannot be sealed. */
function start() {
  writing ??= import("./write.js").then(
    async ({ canSeal, Writing }) => {
      await canSeal();
      helper = new Writing(section);
      return helper;
    },
  );
  return writing.catch(() => undefined);
}

async function answer(link) {
  const form = await start();
  const id = new URL(link.href).searchParams.get("to");
  if (!form) location.assign(link.href);
  else form.answer(id, document.getElementById(`c-${id}`));
}

section?.addEventListener("formdata", ({ formData }) => {
  formData.set("once", once.join(""));
});

/* What was typed is gone with the page; where there is a helper, it asks. */
section?.addEventListener("submit", (event) => {
  isSent = !event.defaultPrevented;
});
addEventListener("pageshow", () => {
  isSent = false;
});
addEventListener("beforeunload", (event) => {
  if (!helper && !isSent && section?.querySelector("textarea")?.value.trim()) event.preventDefault();
});

if (section && globalThis.crypto?.subtle) {
  section.addEventListener("focusin", start, { once: true });
  document.querySelector(".thread")?.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="/reply?to="]');
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    answer(link);
  });
}
