/* On the site's own pages: fetch what helps to write when she starts to write.
 * Without WebCrypto nothing changes: the form is sent as it is. */

const section = document.querySelector(".write:has(form)");
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

if (section && globalThis.crypto?.subtle) {
  section.addEventListener("focusin", start, { once: true });
  document.querySelector(".thread")?.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="/reply?to="]');
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    answer(link);
  });
}
