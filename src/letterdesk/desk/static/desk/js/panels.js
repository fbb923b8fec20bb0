// Opens the forms of a decision in place: one at a time, focus inside, Esc closes.

import { startDigits } from "./digits.js";

const WORDS = "input[type=text], textarea";
const FIELD = "input:not([type=hidden]), textarea";

export function startPanels(root) {
  const openers = [...root.querySelectorAll("[data-opens]")];
  const panels = new Map(
    [...root.querySelectorAll("[data-panel]")].map((one) => [one.dataset.panel, one]),
  );
  const sheet = root.querySelector("[data-digits=tick]"); // rules that stand in the page itself
  const listeners = [];
  let before = null;
  let digits = startDigits([]);
  let byDigit = null; // the rule that was chosen so, and may still become another
  const left = new WeakSet(); // closed with words in them, which stay: no digit sends those

  function current() {
    return [...panels.values()].find((panel) => !panel.hidden) ?? null;
  }

  function settle() {
    const panel = current();
    const name = panel?.dataset.panel ?? "";
    for (const opener of openers) {
      opener.setAttribute("aria-expanded", String(opener.dataset.opens === name));
    }
    digits = startDigits(rulesOf(panel ?? sheet).map((rule) => rule.value));
    byDigit = null;
    for (const listener of listeners) listener(name);
  }

  function rulesOf(panel) {
    return [...(panel?.querySelectorAll("[name=rules]") ?? [])];
  }

  function open(name) {
    const panel = panels.get(name);
    if (!panel) return false;
    if (current() !== panel) leave();
    panel.hidden = false;
    before = root.activeElement;
    settle();
    // The cut is made in the letter, so focus stays there; elsewhere the first field takes it.
    // On the button that opened the form Enter would close it again, and not save.
    if (name !== "edit") (panel.querySelector(FIELD) ?? panel.querySelector("[data-save]"))?.focus();
    else if (openers.includes(before)) settleIn(panel);
    panel.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Close the form that is open: no rule stays chosen that the next decision would cite. */
  function leave() {
    const panel = current();
    if (!panel) return;
    panel.hidden = true;
    if (panel.dataset.digits !== "send") return;
    for (const rule of rulesOf(panel)) rule.checked = rule.defaultChecked;
    const words = [...panel.querySelectorAll(WORDS)];
    if (words.some((one) => one.value !== one.defaultValue)) left.add(panel);
    else left.delete(panel);
  }

  function settleIn(panel) {
    panel.tabIndex = -1;
    panel.focus({ preventScroll: true });
  }

  function close() {
    const panel = current();
    if (!panel) return false;
    leave();
    settle();
    const back = openers.find((one) => one.dataset.opens === panel.dataset.panel);
    const next = before?.isConnected && before !== root.body ? before : back;
    next?.focus({ preventScroll: next !== back }); // who has read on to the end stays there
    return true;
  }

  function save(panel) {
    panel.closest("form").requestSubmit(panel.querySelector("[data-save]"));
    return true;
  }

  /** Digits choose the rule, and decide when no other is meant, unless the form was closed with
  words in it: whoever opens it again reads them first. Enter decides, and so does
  the key that opened a form which only asks once more. Where the rules stand in the page
  itself, a digit ticks, and decides nothing. */
  function take(key) {
    const panel = current();
    if (panel && (key === "Enter" || key === panel.dataset.again)) return save(panel);
    const rules = panel ?? (sheet?.checkVisibility() ? sheet : null);
    if (!rules?.dataset.digits || !/^[0-9]$/.test(key)) return false;
    const { number, isOpen } = digits.take(key);
    const rule = rulesOf(rules).find((one) => one.value === number);
    if (byDigit && byDigit !== rule) byDigit.checked = false;
    byDigit = rule ?? null;
    if (!rule) return isOpen;
    rule.checked = true;
    rule.focus();
    return isOpen || rules === sheet || left.has(panel) || save(panel);
  }

  for (const panel of panels.values()) {
    if ("folds" in panel.dataset) panel.hidden = true;
  }
  for (const opener of openers) {
    opener.setAttribute("aria-controls", `panel-${opener.dataset.opens}`);
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      if (panels.get(opener.dataset.opens)?.hidden) open(opener.dataset.opens);
      else close();
    });
  }
  for (const closer of root.querySelectorAll("[data-closes]")) {
    closer.addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
  }
  settle();
  return {
    close,
    open,
    take,
    current: () => current()?.dataset.panel ?? "",
    whenChanged: (listener) => listeners.push(listener),
  };
}
