/* The form below a story, for a browser with scripts: counts, shows a last look, seals the
 * letter here, sends it without leaving the page, and shows the receipt in its place.
 *
 * Whatever fails before something was sent: the ordinary form is sent instead, if anything
 * answers there: the browser's own page of an error would take her words along. Whatever fails
 * after: the same envelope is sent again when she presses again, and it counts once. What she
 * writes is kept in the page and nowhere else. */

import { newId, newReceipt } from "./receipt.js";
import { base64, seal } from "./seal.js";

const PATIENCE = 30_000; /* milliseconds */
const INVISIBLE = /[\u115f\u1160\u3164\uffa0\u2800]/g; /* letters and symbols without a shape */
/* Refusals that the ordinary form would meet as well. */
const FINAL = ["closed", "cross-site", "failed", "slow", "story-closed", "too-many", "unavailable", "unsure"];

/* Throws where this browser cannot seal: no https, or no X25519. */
export function canSeal() {
  return crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
}

export class Writing {
  #isLeaving = false; /* her words go with the page */
  #isSent = false; /* a receipt stands in the form's place */
  #receipts = [];
  #section;
  #form;
  #says;
  #home = new Comment();
  #told;
  #sealed;
  #isBusy = false;

  /* `section` is parts/write.html. */
  constructor(section) {
    this.#section = section;
    this.#form = section.querySelector("form");
    this.#says = JSON.parse(section.querySelector(".says").textContent);
    section.before(this.#home);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(event.submitter);
    });
    this.#form.addEventListener("input", () => this.#count());
    addEventListener("beforeunload", (event) => {
      if (!this.#isLeaving && this.#field("text")) event.preventDefault();
    });
    addEventListener("pageshow", () => {
      this.#isLeaving = false; /* she may be back at her words */
    });
    addEventListener("pagehide", () => this.#forget());
    this.#count();
    this.#promise().catch(() => {}); /* tried again when it is needed */
  }

  /* Say that the letter will be sealed here, once sealing is seen to work. */
  async #promise() {
    await this.#letter();
    this.#part(".form-sealed").textContent = this.#says.sealed;
  }

  /* Put the form below a comment, or back to its place. */
  answer(id, place) {
    this.#isSent = false;
    const field = this.#form.elements.reply_to ?? hidden("reply_to");
    field.value = id;
    this.#form.append(field);
    this.#part(".write-title").textContent = id ? this.#says.answer : this.#says.title;
    const close = button("write-close", this.#says.close, () => this.answer(""));
    this.#part(".write-close")?.remove();
    if (id) {
      this.#form.before(close);
      place.append(this.#section);
    } else {
      this.#home.after(this.#section);
    }
    this.#goOn();
  }

  /* Go along to another page of the thread, receipts too: they are shown once. */
  moveTo(place) {
    if (!this.#isSent) place.replaceChildren(this.#section);
    place.prepend(this.#home);
    place.append(...this.#receipts);
  }

  /* Whoever comes back to this page by Back may be another at the same computer. */
  #forget() {
    if (this.#isSent) this.#receipts.pop().replaceWith(this.#section);
    this.#isSent = false;
    for (const receipt of this.#receipts.splice(0)) receipt.remove();
  }

  async #submit(button) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#form.setAttribute("aria-busy", "true");
    try {
      const [wrong, field] = this.#wrong();
      if (wrong) this.#say(this.#says.wrong[wrong], field);
      else if (button?.name === "preview") this.#look();
      else await this.#send();
    } finally {
      this.#isBusy = false;
      this.#form.removeAttribute("aria-busy");
    }
  }

  async #send({ proof = "", isAgain = false } = {}) {
    let letter, answer;
    try {
      letter = await this.#letter();
    } catch {
      if (await this.#reaches()) return this.#sendOrdinary();
      return this.#say(this.#says.wrong.offline ?? this.#says.wrong.unsure);
    }
    try {
      answer = await this.#post(letter, proof);
    } catch {
      return this.#say(this.#says.wrong.unsure);
    }
    if (answer.status === 201) return this.#thank(letter.code);
    const problem = await answer.json().catch(() => ({}));
    if (problem.code === "sealed-wrong" && !isAgain) {
      this.#told = this.#sealed = undefined; /* the newsroom has a new key */
      return this.#send({ isAgain: true });
    }
    if (problem.code === "too-many" && !proof) {
      proof = await this.#prove().catch(() => "");
      if (proof) return this.#send({ proof, isAgain });
    }
    if (!problem.code) return this.#say(this.#says.wrong.unsure); /* not the letterbox */
    if (FINAL.includes(problem.code)) return this.#say(problem.detail);
    return this.#sendOrdinary();
  }

  /* Give the sealed letter; the same one as long as she has not changed a word. */
  async #letter() {
    const of = JSON.stringify([...new FormData(this.#form)]);
    if (this.#sealed?.of !== of) {
      const told = await this.#ask();
      const { code, fields } = await newReceipt();
      const letter = {
        id: newId(),
        kind: this.#has("tip") ? "tip" : "comment",
        arrived: new Date().toISOString().slice(0, 10),
        story: this.#says.story,
        language: this.#says.language,
        text: this.#field("text"),
        name: this.#field("name").replace(/\s+/g, " "),
        contact: this.#field("contact"),
        reply_to: this.#field("reply_to"),
        as_written: this.#has("as_written"),
        trapped: Boolean(this.#field("homepage")),
        ...fields,
      };
      this.#sealed = { of, code, raw: base64(await seal(letter, told)) };
    }
    return this.#sealed;
  }

  #post(letter, proof) {
    const body = new URLSearchParams({ sealed: letter.raw });
    if (proof) body.set("altcha", proof);
    return fetch(this.#form.action, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  /* Say whether anything answers where the form goes to. */
  #reaches() {
    const asked = fetch(new URL("/healthz", this.#form.action), {
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return asked.then(
      () => true,
      () => false,
    );
  }

  #sendOrdinary() {
    this.#isLeaving = true;
    if (!this.#form.elements.once) {
      this.#form.append(Object.assign(hidden("once"), { value: newId() }));
    }
    this.#form.submit();
  }

  /* Give the key, the sizes and the limits, asked for once. */
  async #ask() {
    this.#told ??= await get(this.#form.action, "/.well-known/letterdesk.json");
    return this.#told;
  }

  async #prove() {
    return (await import("./altcha.js")).solve(await get(this.#form.action, "challenge"));
  }

  /* Give what is wrong with the letter, as the letterbox would say it, and in which field;
   * neither if nothing. */
  #wrong() {
    const { text, name, contact } = this.#told?.limits ?? { text: 5000, name: 80, contact: 254 };
    const words = ["text", "name", "contact"].map((name) => this.#field(name));
    if (words.some((one) => /(?![\t\n])[\p{Cc}\p{Cs}\p{NChar}]/u.test(one))) return ["not-text"];
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(words[0].replace(INVISIBLE, ""))) return ["empty", "text"];
    if (length(words[0]) > text) return ["text-too-long", "text"];
    if (length(words[1]) > name) return ["name-too-long", "name"];
    if (words[2] && (words[2].length > contact || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(words[2]))) {
      return ["contact-wrong", "contact"];
    }
    return [];
  }

  /* Say what is wrong, and in which field if it is in one. */
  #say(sentence, field) {
    this.#unsay();
    const said = alert(sentence);
    this.#form.prepend(said);
    const at = this.#form.elements[field];
    said.id = "wrong"; /* who listens hears it with the field, too */
    at?.setAttribute("aria-invalid", "true");
    at?.setAttribute("aria-errormessage", said.id);
    at?.focus({ preventScroll: true });
    said.scrollIntoView({ block: "nearest" });
  }

  #unsay() {
    this.#part(".alert")?.remove();
    this.#part("[aria-invalid]")?.removeAttribute("aria-invalid");
  }

  #count() {
    this.#unsay();
    const counter = this.#part(".counter") ?? make("span", "counter");
    if (!counter.isConnected) this.#part("#text-hint").append(" ", counter);
    const figures = new Intl.NumberFormat(this.#says.interface);
    counter.textContent = `${figures.format(length(this.#field("text")))} / ${figures.format(this.#told?.limits.text ?? 5000)}`;
  }

  /* Show the letter as it will appear, and the rules, before it goes. */
  #look() {
    const says = this.#says.look;
    const letter = make("div", "letter comment-words", make("strong", "", this.#field("name") || says.nobody));
    letter.dir = "auto";
    for (const part of this.#field("text").split(/\n\s*\n/)) {
      const paragraph = make("p");
      paragraph.innerText = part;
      letter.append(paragraph);
    }
    const look = section("look", [
      make("h3", "", this.#has("tip") ? says.tip : says.title),
      letter,
      make("p", "hint", says.may[this.#kind] ?? this.#says.thanks.steps.comment[0]),
      make("h3", "", says.keep),
      list("look-rules", says.rules),
      make(
        "div",
        "form-buttons",
        make("button", "button", says.send),
        button("button button-quiet", says.back, () => this.#goOn()),
      ),
    ]);
    for (const one of this.#form.children) one.hidden = true;
    this.#form.append(look);
    show(look);
  }

  #goOn() {
    this.#part(".look")?.remove();
    for (const one of this.#form.children) one.hidden = false;
    this.#form.elements.text.focus();
  }

  /* Show the receipt in the place of the form, which is emptied for another letter. */
  #thank(code) {
    const says = this.#says.thanks;
    const shown = make("code", "", code);
    const line = make("p", "code", shown);
    line.dir = "ltr";
    line.translate = false;
    const keep = make("p", "receipt-keep", says.keep);
    const thanks = section("thanks receipt", [
      make("h2", "", says.title),
      make("h3", "receipt-title", says.code),
      line,
      keep,
      make("p", "receipt-where", says.where),
      make(
        "div",
        "form-buttons",
        button("button", says.copy, async ({ target }) => {
          getSelection().selectAllChildren(shown);
          if (await copy(code)) target.textContent = says.copied;
          else keep.replaceWith(alert(says.keep));
        }),
        button("button button-quiet", says.print, () => print(thanks)),
      ),
      make("h3", "", says.next),
      list("steps", says.steps[this.#kind]),
    ]);
    this.#sealed = undefined;
    this.#goOn();
    this.#form.reset();
    this.#count();
    this.#isSent = true;
    this.#receipts.push(thanks);
    this.#section.replaceWith(thanks);
    show(thanks);
  }

  #part(selector) {
    return this.#section.querySelector(selector);
  }

  /* Give what the letter is, by the names of templates/parts/steps.html. */
  get #kind() {
    return ["tip", "as_written"].find((name) => this.#has(name)) ?? "comment";
  }

  #has(name) {
    return Boolean(this.#form.elements[name]?.checked);
  }

  /* Give a field as it is stored: NFC, a newline for every line end, no space around it. */
  #field(name) {
    const typed = this.#form.elements[name]?.value ?? "";
    return typed.normalize("NFC").replace(/\r\n?|[\u2028\u2029\x85]/g, "\n").trim();
  }
}

async function get(base, path) {
  const answer = await fetch(new URL(path, base), { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

/* Say whether a code could be copied; it is selected, which helps where pages may not write. */
async function copy(code) {
  try {
    await navigator.clipboard.writeText(code);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

/* Print a receipt alone, not the page that it stands in. */
function print(part) {
  const frame = make("iframe");
  frame.style.position = "fixed";
  frame.style.insetInlineStart = "-100vw";
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll("button, iframe")) one.remove();
  part.append(frame); /* wherever the receipt goes, it goes along */
  const { lang, dir } = part.closest("[lang]");
  Object.assign(frame.contentDocument.documentElement, { lang, dir });
  frame.contentDocument.body.append(copy);
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}

/* Give a part of the page that takes the focus and is named by its title, the first inside. */
function section(className, inside) {
  const made = make("section", className, ...inside);
  made.tabIndex = -1;
  made.ariaLabel = inside[0].textContent;
  return made;
}

/* Give a sentence that is read out at once. */
function alert(sentence) {
  const made = make("p", "alert", sentence);
  made.setAttribute("role", "alert");
  return made;
}

/* Show a part that may be higher than the window from its beginning. */
function show(part) {
  part.focus({ preventScroll: true });
  part.scrollIntoView();
}

function list(className, sentences) {
  return make("ol", className, ...sentences.map((one) => make("li", "", one)));
}

function button(className, says, whenPressed) {
  const made = make("button", className, says);
  made.type = "button";
  made.addEventListener("click", whenPressed);
  return made;
}

function hidden(name) {
  return Object.assign(make("input"), { type: "hidden", name });
}

/* Give an element and what is in it: elements, or words, which stay words. */
function make(name, className = "", ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function length(text) {
  return [...text].length; /* characters, not UTF-16 units */
}
