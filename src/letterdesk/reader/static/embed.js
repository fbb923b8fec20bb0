/* <letterdesk-thread story="ID">: the comments on a story, in any page.
 * docs/how-to/embed-comments.md says what a newsroom writes; write.js comes when a reader
 * starts to write. */

const policy = globalThis.trustedTypes?.createPolicy("letterdesk", { createHTML: (html) => html });

class Thread extends HTMLElement {
  #frame = document.createElement("div");
  #story;
  #first; /* path of the first page */
  #path; /* of the page that is shown */
  #turning = new AbortController(); /* stops the page that is on its way */
  #writing;
  #words = "offline"; /* what is said without a connection, where the thread has no words for it */
  #opening; /* the form, while it is on its way */

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).append(this.#frame);
    this.#frame.append(document.createElement("slot")); /* what the page wrote, until then */
    this.#frame.addEventListener("click", (event) => this.#click(event));
    this.#start().catch(() => {}); /* what the page wrote stays */
  }

  async #start() {
    const styled = this.#style(new URL("./embed.css", import.meta.url));
    this.#story = this.getAttribute("story") || (await storyAt(this.getAttribute("url")));
    this.#first = `t/${this.#story}/thread.html`;
    await this.#turn(this.#first, styled);
    addEventListener("hashchange", () => this.#goTo().catch(() => {}));
    await this.#goTo();
  }

  /* Show a page of the thread; what is being written goes along, and so do receipts.
   * Throws where another was asked for meanwhile: the last press counts, not the last answer. */
  async #turn(path, styled) {
    const signal = this.#instead();
    const [thread] = await Promise.all([get(path, signal), styled]);
    signal.throwIfAborted();
    this.#frame.innerHTML = policy ? policy.createHTML(thread) : thread;
    this.#path = path;
    if (!this.#frame.querySelector("[data-offline]")) this.#findWords().catch(() => {});
    this.#writing?.moveTo(this.#frame.querySelector(".thread-write"));
  }

  /* Stop what is on its way; give the signal that stops what comes instead. */
  #instead() {
    this.#turning.abort();
    this.#turning = new AbortController();
    return this.#turning.signal;
  }

  /* Go to the comment that the page's address names, on whatever page of the thread it is. */
  async #goTo() {
    const { hash } = location;
    if (!/^#c-\w+$/.test(hash)) return;
    this.#instead();
    const from = this.#path;
    let found, path = this.#frame.querySelector('[rel="prev"]') && this.#first;
    while (!(found = this.#frame.querySelector(hash))) {
      path ??= fragment(this.#frame.querySelector('[rel="next"]'));
      if (!path) return this.#path === from || this.#turn(from); /* it is nowhere */
      await this.#turn(path);
      path = undefined;
    }
    this.#frame.querySelector(".here")?.classList.remove("here");
    found.classList.add("here");
    found.scrollIntoView();
  }

  #click(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.href === location.href) this.#goTo().catch(() => {}); /* no other address: no event */
    const isPage = link.rel === "next" || link.rel === "prev";
    const isForm = crypto.subtle && /#write$|\/reply\?to=/.test(link.href);
    if (!isPage && !isForm) return;
    event.preventDefault();
    this.#frame.querySelector(".offline")?.remove();
    const done = isPage ? this.#leaf(link) : this.#write(link);
    link.ariaBusy = "true";
    done
      .catch((error) => {
        /* So fails what cannot be reached; where scripts may not come, her page has no such link. */
        const isOffline = error instanceof TypeError && (isPage || !navigator.onLine);
        if (isOffline) link.after(this.#offline());
        else if (error.name !== "AbortError") location.assign(link.href);
      })
      .finally(() => (link.ariaBusy = null));
  }

  /* Say that there is no connection: she stays, and so does what she has typed. */
  #offline() {
    const said = document.createElement("p");
    said.className = "offline";
    said.role = "alert";
    said.textContent = this.#frame.querySelector("[data-offline]")?.dataset.offline ?? this.#words;
    return said;
  }

  /* A thread that an older version published has no words for it: they come while they can. */
  async #findWords() {
    const lang = this.#frame.querySelector("[lang]")?.lang;
    const { offline } = await import("./offline.js");
    this.#words = offline[lang] ?? offline.en;
  }

  async #leaf(link) {
    await this.#turn(fragment(link));
    const title = this.#frame.querySelector("h2");
    title.tabIndex = -1;
    title.focus(); /* who listens hears where she is */
    this.scrollIntoView();
  }

  /* Show the form, below the comment that is answered if one is. */
  async #write(link) {
    if (!this.#writing) {
      this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
      await this.#opening; /* a second press must not replace what is typed by then */
    }
    const id = new URL(link.href).searchParams.get("to") ?? "";
    this.#writing.answer(id, id && this.#frame.querySelector(`#c-${id}`));
  }

  async #open() {
    const { canSeal, Writing } = await import("./write.js");
    await canSeal();
    const styled = this.#style(new URL("./embed-form.css", import.meta.url));
    const [form] = await Promise.all([get(`t/${this.#story}/form.html`), styled]);
    const place = this.#frame.querySelector(".thread-write");
    place.innerHTML = policy ? policy.createHTML(form) : form;
    this.#writing = new Writing(place.querySelector(".write"));
  }

  /* Resolves when a style sheet is there, or is not to be had. */
  #style(url) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", crossOrigin: "", href: url });
    this.shadowRoot.prepend(link);
    return new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    });
  }
}

/* Give the path of the fragment of the page that `link` leads to, if there is one. */
function fragment(link) {
  return link && `${new URL(link.href).pathname.slice(1)}thread.html`;
}

/* Give the id of the story with this address, or with the page's own. */
async function storyAt(address) {
  const url =
    address ||
    document.querySelector('link[rel="canonical"]')?.href ||
    location.href.split(/[?#]/)[0];
  const known = canonical(url);
  return known === url ? storyOf(url) : storyOf(url).catch(() => storyOf(known));
}

/* Give an address as stories are known by it; those of before keep the one they had. */
function canonical(url) {
  return url.replace(/^(https?):\/\/[^/?#]+/, (place, scheme) =>
    place.toLowerCase().replace(scheme === "https" ? /:0*443$/ : /:0*80$/, ""),
  );
}

async function storyOf(url) {
  const raw = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(url));
  const hex = Array.from(new Uint8Array(raw), (byte) => byte.toString(16).padStart(2, "0"));
  return JSON.parse(await get(`u/${hex.join("")}.json`)).story;
}

async function get(path, signal) {
  const answer = await fetch(new URL(path, import.meta.url), { credentials: "omit", signal });
  if (!answer.ok) throw new Error(path);
  return answer.text();
}

async function count() {
  const spots = document.querySelectorAll("[data-letterdesk-count]");
  if (!spots.length) return;
  const { counts } = JSON.parse(await get("counts.json"));
  for (const spot of spots) {
    spot.textContent = counts[spot.dataset.letterdeskCount] ?? spot.textContent;
  }
}

customElements.define("letterdesk-thread", Thread);
for (const script of document.querySelectorAll("script[data-story], script[data-url]")) {
  if (script.src !== import.meta.url) continue;
  const thread = document.createElement("letterdesk-thread");
  thread.setAttribute("story", script.dataset.story ?? "");
  thread.setAttribute("url", script.dataset.url ?? "");
  script.after(thread);
}
count().catch(() => {}); /* what the page wrote stays */
