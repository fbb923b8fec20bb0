// From one letter to the next without loading the page anew: the same forms, the same links
// and the same answers; of the answer only `main` is put in place. What goes wrong leaves the
// page, and all that was filled in, as it is.

const PATIENCE = 20_000; // milliseconds
const TOKEN = "csrfmiddlewaretoken";
const IN_PLACE = { "X-Letterdesk-Swap": "1" }; // the next letter is the answer, no way to it
const FIRST = [ // where focus goes, in this order
  ".conflict [role=alert]",
  ".panel:not([hidden]) [data-wrong]:not([hidden])",
  "[aria-invalid=true]",
  ".decide:has([role=alert]) .panel:not([hidden]) :is(input:not([type=hidden]), textarea)",
  ".decide [role=alert]",
  "h1",
];

/** What a form sends, and where: as the browser would do it. */
function readForm(form, submitter) {
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form, submitter));
  return [address, { method: "POST", headers: IN_PLACE, body }];
}

export function startSwap(root, whenSwapped) {
  let isBusy = false;
  let shown = location.pathname + location.search;

  const isHere = () => root.querySelector("[data-card]") !== null;

  async function ask(address, options = {}) {
    const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { answer, page };
  }

  function tell(trouble, words = "") {
    for (const one of root.querySelectorAll("[data-trouble]")) {
      one.hidden = one.dataset.trouble !== trouble;
    }
    const place = root.querySelector("[data-trouble=refused] [data-words]");
    if (place) place.textContent = words;
    if (trouble) root.querySelector(`[data-trouble=${trouble}]`)?.scrollIntoView({ block: "nearest" });
  }

  /** A page is of whoever was signed in when it was loaded, and of nobody who came after. */
  function isOfAnother(page) {
    const { person } = page.body.dataset;
    return person !== undefined && person !== root.body.dataset.person;
  }

  /** After signing in again the marks of the forms are others: take them over. */
  function renewMarks(page) {
    const mark = page.querySelector(`main [name=${TOKEN}]`)?.value;
    if (!mark) return false;
    for (const one of root.querySelectorAll(`[name=${TOKEN}]`)) one.value = mark;
    return true;
  }

  function put({ answer, page }, { isBack }) {
    root.querySelector("main").replaceWith(root.adoptNode(page.querySelector("main")));
    root.querySelector(".topbar").replaceWith(root.adoptNode(page.querySelector(".topbar")));
    root.title = page.title;
    const address = new URL(answer.headers.get("Content-Location") ?? answer.url, answer.url);
    if (!isBack && answer.ok && address.pathname + address.search !== shown) {
      history.pushState(null, "", address);
    }
    shown = location.pathname + location.search;
    whenSwapped();
    settle();
  }

  /**
   * Focus and voice: on what is wrong, else on the heading of the new letter. What a page says
   * first is [data-told] and has no role=status: of a page that is loaded nobody reads a status
   * out, and one that is put in place with its page is read out twice, or not. What we change
   * without a load has that role; here it is the one place of base.html for what is said.
   */
  function settle() {
    const main = root.querySelector("main");
    const first = FIRST.map((one) => main.querySelector(one)).find(Boolean) ?? main;
    if (!first.matches("input, textarea")) first.tabIndex = -1;
    window.scrollTo({ top: 0, behavior: "instant" });
    first.focus({ preventScroll: first.localName === "h1" });
    const told = main.querySelector("[data-told]:not([hidden])");
    const said = [told?.querySelector("p") ?? told];
    if (first.localName !== "h1") said.push(main.querySelector("h1")); // else the focus says it
    root.querySelector("[data-announce]").textContent = said
      .map((one) => one?.textContent.trim() ?? "")
      .join(" ");
  }

  async function go(address, options, { isBack = false, isAgain = false } = {}) {
    let found = null;
    try {
      found = await ask(address, options());
      if (found.answer.status === 403 && !isAgain) {
        const { page } = await ask(location.href);
        if (isOfAnother(page)) return tell("other");
        if (renewMarks(page)) return go(address, options, { isBack, isAgain: true });
      }
    } catch {
      return tell("silent");
    }
    const { answer, page } = found;
    const isOut = answer.status === 401 || (answer.ok && !page.body.hasAttribute("data-person"));
    if (isOut) return tell("signed-out");
    if (isOfAnother(page)) return tell("other");
    if (answer.ok || page.querySelector("[data-card]")) return put(found, { isBack });
    const words = [...page.querySelectorAll("main h1, main h1 + p")].map((one) => one.textContent);
    return words.length ? tell("refused", words.join(". ")) : tell("silent");
  }

  async function begin(address, options = () => ({}), how = {}) {
    if (isBusy) return;
    isBusy = true;
    root.querySelector("main").setAttribute("aria-busy", "true");
    try {
      await go(address, options, how);
    } finally {
      root.querySelector("main").removeAttribute("aria-busy");
      isBusy = false;
    }
  }

  root.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post" || !form.closest("main") || !isHere()) return;
    event.preventDefault();
    begin(readForm(form, submitter)[0], () => readForm(form, submitter)[1]);
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-swap]");
    const isOther = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || isOther || event.defaultPrevented || !isHere()) return;
    event.preventDefault();
    begin(link.href);
  });
  window.addEventListener("popstate", () => {
    if (location.pathname + location.search === shown) return;
    if (isBusy) location.reload();
    else begin(location.href, undefined, { isBack: true });
  });
  return { isBusy: () => isBusy };
}
