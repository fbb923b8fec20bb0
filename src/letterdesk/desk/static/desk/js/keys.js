// Single keys. None is taken while somebody types, nor with Ctrl, Alt or Meta.

const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const PRESSED = "button, a[href], summary, input";

/** The key as a Latin letter or a sign, also on a Korean or Uyghur keyboard. */
function keyOf(event) {
  if (/^[a-z0-9?/]$/i.test(event.key)) return event.key.toLowerCase();
  const place = /^(?:Key([A-Z])|Digit([0-9])|Numpad([0-9]))$/.exec(event.code);
  if (place && (event.key.length > 1 ? event.key === "Process" : event.key > "\u007f")) {
    return (place[1] ?? place[2] ?? place[3]).toLowerCase();
  }
  return event.key;
}

function isFree(event) {
  const { target } = event;
  const combined = event.ctrlKey || event.altKey || event.metaKey;
  return !combined && !event.isComposing && !event.repeat && !event.defaultPrevented
    && !(target instanceof Element && target.closest(TYPED));
}

/** Presses what has this key and can be seen; `among` narrows it. */
function press(root, key, among) {
  if (!/^[a-z]$/.test(key)) return false;
  const found = [...root.querySelectorAll(`${among}[data-key="${key}"]`)].find(
    (one) => one.offsetParent !== null,
  );
  found?.click();
  return Boolean(found);
}

export function startKeys(root, { help, panels, cutting }) {
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && panels.close()) return;
    if (!isFree(event) || help.isOpen()) return;
    const key = keyOf(event);
    if (key === "Enter" && event.target.closest?.(PRESSED)) return;
    const isDone = key === "?" ? help.open()
      : cutting.take(key) || panels.take(key)
        || press(root, key, panels.current() ? "[data-opens]" : "");
    if (isDone) event.preventDefault();
  });
}
