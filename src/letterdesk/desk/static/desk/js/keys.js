// Single keys. None is taken while somebody types, nor with Ctrl, Alt or Meta; only an arrow with
// Alt, where somebody cuts words that have syllables, and Ctrl with Enter, which saves a note.

import { isOfInputMethod } from "./composing.js";

const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const PRESSED = "button, a[href], summary, input";
const SEEN = "keyboard"; // in this tab
const HELP = new Set(["?", "？", "؟"]);
const NAMES = { Esc: "Escape", "⌫": "Backspace" }; // as ARIA has them

/** The key as a Latin letter, a digit or a sign, also on a Korean, Uyghur or French keyboard. */
function keyOf(event) {
  if (HELP.has(event.key)) return "?";
  if (/^[a-z0-9]$/i.test(event.key)) return event.key.toLowerCase();
  const place = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code);
  if (place?.[2] && !event.shiftKey && (event.key.length === 1 || event.key === "Process")) {
    return place[2];
  }
  if (place?.[1] && (event.key === "Process" || (event.key.length === 1 && event.key > "\u007f"))) {
    return place[1].toLowerCase();
  }
  return event.key;
}

function isFree(event) {
  const { target } = event;
  const isArrow = event.key.startsWith("Arrow");
  const combined = event.ctrlKey || (event.altKey && !isArrow) || event.metaKey;
  return !combined && !event.isComposing && !event.defaultPrevented
    && !(target instanceof Element && target.closest(TYPED));
}

/** Enter makes a line where somebody writes; with Ctrl or Cmd it saves what she writes in. */
function isSaving(event) {
  const isEnter = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  return isEnter && !event.repeat && !isOfInputMethod(event)
    && Boolean(event.target.closest?.("[data-panel]"));
}

/** Presses what has this key and can be seen, or goes to the field; `among` narrows it.
Where nothing has it, the menu may know a place for it. */
function press(root, key, among) {
  if (!/^[a-z/]$/.test(key)) return false;
  const seen = (selector) => [...root.querySelectorAll(selector)].find(
    (one) => one.offsetParent !== null,
  );
  const found = seen(`${among}[data-key="${key}"]`) ?? (among ? null : seen(`[data-key-else="${key}"]`));
  if (found?.matches(TYPED)) found.focus();
  else found?.click();
  return Boolean(found);
}

/** On a touch screen the keys are shown once there is a keyboard. What is pressed while
somebody types may be drawn on the screen; what is pressed elsewhere is a real key. */
function noticeKeyboard(root) {
  const show = () => { root.documentElement.dataset.keyboard = ""; };
  if (sessionStorage.getItem(SEEN)) show();
  root.addEventListener("keydown", ({ target }) => {
    if (target instanceof Element && target.closest(TYPED)) return;
    sessionStorage.setItem(SEEN, "1");
    show();
  });
}

/** To whom the page is read out: the keys that others see on it. */
export function tellKeys(root) {
  for (const shown of root.querySelectorAll("kbd[aria-hidden]")) {
    const key = shown.textContent.trim();
    const pressed = shown.closest("button, a") ?? shown.closest("label")?.control;
    pressed?.setAttribute("aria-keyshortcuts", NAMES[key] ?? key);
  }
}

/** `page` gives what works on the letter that is shown; `isBusy`, that the next is on its way. */
export function startKeys(root, { help, page, isBusy }) {
  noticeKeyboard(root);
  root.addEventListener("keydown", (event) => {
    const { cutting, panels, together, leaf } = page();
    if (help.isOpen()) return; // its own Escape closes it, and nothing below it
    if (event.key === "Escape" && !isOfInputMethod(event) && !isBusy() && panels.close()) return;
    if (isSaving(event) && !isBusy() && panels.take("Enter")) {
      event.preventDefault();
      return;
    }
    if (!isFree(event)) return;
    const key = keyOf(event);
    if (event.repeat && !key.startsWith("Arrow")) return;
    if (key === "Enter" && event.target.closest?.(PRESSED)) return;
    // A key that comes while the next letter is on its way must not decide on that one.
    const isDone = isBusy() ? /^([a-z0-9]|Enter)$/.test(key)
      : key === "?" ? help.open()
        : cutting.take(key, event) || panels.take(key) || together.take(key) || leaf.take(key)
          || press(root, key, panels.current() ? ":is([data-opens], [data-panel] [data-key])" : "");
    if (isDone) event.preventDefault();
  });
}
