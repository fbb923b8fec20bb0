/* On the site's own pages: fetch what helps to write when she starts to write.
 * Without WebCrypto the form is sent as it is, with a mark by which it counts once, however
 * often it is sent. */

const SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";
const section = document.querySelector(".write:has(form)");
const once = Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => SYMBOLS[byte % 32]);
let writing;

/* Give the form's helper, once; undefined where letters cannot be sealed. */
function start() {
  writing ??= import("./write.js").then(
    async ({ canSeal, Writing }) => {
      await canSeal();
      return new Writing(section);
    },
  );
  return writing.catch(() => undefined);
}

async function answer(link) {
  const form = await start();
  const id = new URL(link.href).searchParams.get("to");
  if (!form || form.isSent) location.assign(link.href);
  else form.answer(id, document.getElementById(`c-${id}`));
}

section?.addEventListener("formdata", ({ formData }) => {
  formData.set("once", once.join(""));
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
