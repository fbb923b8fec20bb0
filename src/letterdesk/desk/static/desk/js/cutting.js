// Cutting in the letter itself: select words, press a rule's digit or X, Enter saves.
// What the server makes of the text is what counts: marks are drawn from its answer.

import { startCursor } from "./cursor.js";
import { backAfter, grown, isSame, newIn, stepsTo, withoutRule } from "./cuts.js";
import { startDigits } from "./digits.js";
import { surface } from "./surface.js";
import { readWords, wholeWords } from "./words.js";

const PAUSE = 250; // milliseconds after the last keystroke

/** The text that stays: notes in brackets, one space where words went. */
function textOf(original, cuts) {
  let text = "";
  let at = 0;
  for (const cut of cuts) {
    text += original.slice(at, cut.start) + (cut.note ? `[${cut.note}]` : "");
    at = cut.end;
    if (cut.note) continue;
    if (text === "" || /\s$/.test(text)) {
      while (/[ \t]/.test(original[at] ?? "")) at += 1;
    }
    if (!/\s/.test(original[cut.end] ?? "")) text = text.replace(/[ \t]+$/, "");
  }
  return (text + original.slice(at)).replace(/[ \t]+$/, "");
}

function cutsOf(pieces) {
  const cuts = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.cut) cuts.push({ start: at, end: at + piece.text.length, note: piece.note });
    at += piece.text.length;
  }
  return cuts;
}

function readerText(piece) {
  if (!piece.cut) return piece.text;
  return piece.note ? `[${piece.note}]` : "";
}

export function startCutting(root, panels, signal) {
  const form = root.querySelector("[data-panel=edit]");
  const element = root.querySelector("[data-letter]");
  if (!form || !element) return { take: () => false };

  const sheet = element.parentElement;
  const letter = surface(element);
  const words = readWords(element.dataset.words);
  const cursor = startCursor(element, letter, words, form);
  const rules = [...form.querySelectorAll("[name=rules]")];
  const digits = startDigits(rules.map((rule) => rule.value));
  const voice = root.querySelector("[data-announce]");
  const text = form.elements.namedItem("text");
  const hint = form.querySelector(".panel-hint .with-keys");
  const toMark = form.querySelector("[data-cut=m]");
  const wrong = form.querySelector("[data-wrong]");
  const own = new Set(); // the rules that she ticked herself; the others are their cuts'
  let steps = stepsTo([]); // what was cut after each step; the last is how it stands
  let chosen = null; // the last selection in the letter
  let byDigit = null; // the rule that a digit cited last, and a further digit may change
  let asked = 0;
  let timer = 0;
  let isAhead = false; // what she typed is in the field, and in no step yet
  const waiting = []; // what she pressed since, until it is
  let passed = -1; // where the mark begins that was selected last

  const isCutting = () => panels.current() === "edit";
  const now = () => steps.at(-1);

  /** A key may come before the browser has told of a new selection: look at it first. */
  function look() {
    chosen = letter.selected() ?? chosen;
  }

  function noteOf(number) {
    const note = form.querySelector(`[data-rule="${CSS.escape(number)}"]`)?.dataset.note;
    return note?.replace(/^\[|\]$/g, "");
  }

  /** These cuts, with the rules that they have now, else with those ticked whose note they have. */
  function underRules(cuts) {
    const ticked = rules.filter((rule) => rule.checked).map((rule) => rule.value);
    return cuts.map((cut) => {
      const known = now().cuts.find((one) => isSame(one, cut));
      const noted = cut.note ? ticked.filter((number) => noteOf(number) === cut.note) : [];
      return { ...cut, rules: known?.rules ?? noted };
    });
  }

  const carried = () => new Set(now().cuts.flatMap((cut) => cut.rules));

  /** The form as it came: what is ticked, and no cut carries, she ticked. */
  function begin(cuts) {
    steps = stepsTo(underRules(cuts));
    own.clear();
    for (const { checked, value } of rules) if (checked && !carried().has(value)) own.add(value);
  }

  /** What is ticked: what the cuts were made under, and what she ticked herself. */
  function tick() {
    toMark.disabled = !marksLeft().length;
    for (const rule of rules) rule.checked = own.has(rule.value) || carried().has(rule.value);
  }

  const wordsIn = ({ start, end }) => letter.original.slice(start, end).trim();

  function say(said, words, note = "") {
    voice.textContent = said.replace("{note}", () => note).replace("{words}", () => words);
  }

  /** To whom it is read out: which words went, and what stands for them. */
  function sayGone({ note, ...range }) {
    say(note ? form.dataset.saidNote : form.dataset.saidOut, wordsIn(range), note);
  }

  /** Say it once, and where it can be seen: what is typed asks anew at every pause. */
  function tell(sentence) {
    if (sentence === wrong.textContent) return;
    if (!sentence && root.activeElement === wrong) form.focus({ preventScroll: true });
    wrong.textContent = sentence;
    wrong.hidden = !sentence;
    if (sentence) wrong.scrollIntoView({ block: "nearest" });
    text.toggleAttribute("aria-invalid", false);
    if (sentence) text.setAttribute("aria-invalid", "true");
  }

  /** Give what the server said, if anything, once it is shown; not where it comes too late.
   * `isFirst`: nothing was changed yet, so why it was refused still holds. */
  async function ask({ isTyped, isFirst = false }) {
    asked += 1;
    const mine = asked;
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    }).catch(() => null);
    const found = await answer?.json().catch(() => ({ wrong: "" }));
    if (!found || mine !== asked) return found; // something was cut or typed since
    if (found.wrong || !isFirst) tell(found.wrong ?? "");
    if (!found.pieces) return found;
    if (!isTyped) {
      text.value = found.pieces.map(readerText).join("");
    } else {
      isAhead = false;
      if (isFirst) begin(cutsOf(found.pieces));
      else steps = stepsTo(underRules(cutsOf(found.pieces)));
      tick();
      if (isCutting()) redraw();
    }
    return found;
  }

  /** Draw what is cut; an answer may come when she has selected words and not pressed a key yet. */
  function redraw() {
    const kept = letter.selected();
    letter.show(now().cuts);
    if (kept) letter.select(kept);
  }

  /** Do what draws the text anew; where it would draw over what she typed, after that is a step. */
  function afterTyped(act) {
    if (!isAhead) return act();
    waiting.push(act);
    if (waiting.length === 1) catchUp(chosen);
    return true;
  }

  /** Make a step of what she typed, then do what waits; where it can be none, nothing is done. */
  async function catchUp(range) {
    clearTimeout(timer);
    const found = await ask({ isTyped: true });
    if (signal.aborted) return;
    if (isAhead && found?.pieces) return catchUp(range); // she typed on
    const acts = waiting.splice(0);
    const silent = root.querySelector("[data-trouble=silent]");
    silent.hidden = !isAhead || Boolean(found?.wrong);
    if (isAhead) return (silent.hidden ? wrong : silent).scrollIntoView({ block: "nearest" });
    chosen = range;
    for (const act of acts) act();
  }

  /** What triage marked, and no cut has taken whole. */
  function marksLeft() {
    return letter.marks.filter((mark) => (
      !now().cuts.some((one) => one.start <= mark.start && one.end >= mark.end)
    ));
  }

  /** Select the next mark, or with Shift the one before; after the last comes the first. */
  function goToMark(step) {
    const marks = marksLeft();
    if (!marks.length) return false;
    const at = letter.selected()?.start ?? passed;
    const next = step > 0
      ? marks.find((one) => one.start > at) ?? marks[0]
      : marks.findLast((one) => one.start < at) ?? marks.at(-1);
    const found = wholeWords(words, next) ?? next;
    passed = Math.max(found.start, next.start);
    cursor.goTo(found);
    voice.textContent = wordsIn(found);
    return true;
  }

  function draw() {
    const { cuts } = now();
    letter.show(cuts);
    text.value = textOf(letter.original, cuts);
    tick();
    document.getSelection()?.removeAllRanges();
    chosen = null;
    if (cuts.length) {
      ask({ isTyped: false });
    } else {
      asked += 1; // what is said yet of a cut that was taken back comes too late
      tell("");
    }
  }

  /** Without rules of its own a cut has those of the cuts that it takes along. */
  function cut(note, under) {
    const range = chosen && wholeWords(words, chosen);
    if (!range) return false;
    cursor.goOnFrom(range);
    const step = grown(now(), { ...range, note, rules: under });
    if (newIn(step, now()).length) steps.push(step);
    else amend(step);
    draw();
    sayGone(step.last);
    return true;
  }

  /** The last step, said better. */
  function amend(step) {
    steps[steps.length - 1] = step;
  }

  function renote(note, under) {
    const { last } = now();
    if (!last) return false;
    amend(grown(now(), { ...last, note, rules: under ?? last.rules }));
    draw();
    sayGone(now().last);
    return true;
  }

  function takeBack() {
    if (steps.length === 1) return false;
    const gone = steps.pop();
    draw();
    const back = backAfter(gone, now()).map(wordsIn).filter(Boolean);
    if (back.length) say(form.dataset.saidBack, back.join(" … "));
    else newIn(now(), gone).forEach(sayGone);
    return true;
  }

  function cite(number) {
    const note = noteOf(number);
    if (note === undefined) return false;
    if (!cut(note, [number]) && !renote(note, [number])) own.add(number);
    tick();
    return true;
  }

  /** A digit puts a rule's note there; of a longer number the next digit changes it. */
  function citeByDigit(digit) {
    if (chosen) digits.clear();
    const { number, isOpen } = digits.take(digit);
    const rule = rules.find((one) => one.value === number);
    const isNew = rule && !rule.checked;
    if (byDigit && rule && !chosen) own.delete(byDigit.value);
    byDigit = isOpen && isNew ? rule : null;
    if (!isOpen) digits.clear();
    return (rule && cite(number)) || isOpen;
  }

  /** The box beside the text: whether the name above the letter is left out, too. */
  function turnName() {
    const box = form.querySelector("[data-cut-name]");
    box?.click();
    return Boolean(box);
  }

  function take(key, event = {}) {
    if (!isCutting()) return false;
    look();
    if (/^[0-9]$/.test(key)) return afterTyped(() => citeByDigit(key));
    if (cursor.take(key, event)) {
      const found = letter.selected();
      voice.textContent = found ? letter.original.slice(found.start, found.end) : "";
      return true;
    }
    if (key === "x") return afterTyped(() => cut("") || renote(""));
    if (key === "Backspace") return afterTyped(takeBack);
    if (key === "n") return turnName();
    if (key === "m") return goToMark(event.shiftKey ? -1 : 1);
    return false;
  }

  root.addEventListener("selectionchange", () => {
    look();
    if (!letter.selected() && element.contains(document.getSelection()?.anchorNode ?? null)) {
      chosen = null;
    }
  }, { signal });

  panels.whenChanged((name) => {
    look();
    sheet.classList.toggle("letter-cutting", name === "edit");
    letter.show(name === "edit" ? now().cuts : letter.initial);
    if (name !== "edit") return;
    if (chosen) afterTyped(() => cut(""));
    else voice.textContent = hint.textContent.trim(); // focus stays, so nothing else says it
  });
  text.addEventListener("input", () => {
    asked += 1; // what is said yet of an earlier cut knows nothing of what she types
    isAhead = true;
    clearTimeout(timer);
    timer = setTimeout(() => ask({ isTyped: true }), PAUSE);
  });
  for (const button of form.querySelectorAll("[data-cut]")) {
    button.addEventListener("click", ({ detail }) => {
      take(button.dataset.cut);
      if (detail) form.focus({ preventScroll: true }); // by the mouse: Enter saves, and presses nothing again
    });
  }
  for (const button of form.querySelectorAll("[data-rule]")) {
    button.disabled = false;
    button.addEventListener("click", () => afterTyped(() => cite(button.dataset.rule)));
  }
  form.addEventListener("submit", (event) => {
    if (!waiting.length) return;
    event.preventDefault(); // what waits is to be saved, too
    waiting.push(() => form.requestSubmit(event.submitter));
  });
  form.addEventListener("change", ({ target: { name, checked, value } }) => {
    if (name !== "rules") return;
    if (checked) {
      own.add(value);
    } else {
      own.delete(value);
      steps = steps.map((step) => withoutRule(step, value));
    }
  });
  form.tabIndex = -1;
  toMark.hidden = !letter.marks.length;
  begin(letter.initial);
  if (isCutting()) {
    sheet.classList.add("letter-cutting");
    ask({ isTyped: true, isFirst: true });
  }
  return { take };
}
