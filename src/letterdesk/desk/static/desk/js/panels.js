// Opens the forms of a decision in place: one at a time, focus inside, Esc closes.

const FIELD = "input:not([type=hidden]), textarea";

export function startPanels(root) {
  const openers = [...root.querySelectorAll("[data-opens]")];
  const panels = new Map(
    [...root.querySelectorAll("[data-panel]")].map((one) => [one.dataset.panel, one]),
  );
  const listeners = [];
  let before = null;

  function current() {
    return [...panels.values()].find((panel) => !panel.hidden) ?? null;
  }

  function settle() {
    const name = current()?.dataset.panel ?? "";
    for (const opener of openers) {
      opener.setAttribute("aria-expanded", String(opener.dataset.opens === name));
    }
    for (const listener of listeners) listener(name);
  }

  function open(name) {
    const panel = panels.get(name);
    if (!panel) return false;
    for (const other of panels.values()) other.hidden = other !== panel;
    before = root.activeElement;
    settle();
    // The cut is made in the letter, so focus stays there; elsewhere the first field takes it.
    if (name !== "edit") panel.querySelector(FIELD)?.focus();
    panel.scrollIntoView({ block: "nearest" });
    return true;
  }

  function close() {
    const panel = current();
    if (!panel) return false;
    panel.hidden = true;
    settle();
    const back = openers.find((one) => one.dataset.opens === panel.dataset.panel);
    (before?.isConnected && before !== root.body ? before : back)?.focus();
    return true;
  }

  function save(panel) {
    panel.requestSubmit(panel.querySelector("[data-save]"));
    return true;
  }

  /** A digit chooses the rule and decides; Enter decides. */
  function take(key) {
    const panel = current();
    if (!panel) return false;
    if (key === "Enter") return save(panel);
    if (panel.dataset.digits !== "send" || !/^[1-9]$/.test(key)) return false;
    const rule = panel.querySelector(`[name="rules"][value="${key}"]`);
    if (!rule) return false;
    rule.checked = true;
    return save(panel);
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
