// Lists: J and K lead from one to the next, Enter opens it, as everywhere. From page to page of
// such a list they lead only where nothing is written yet that would be lost.

const WRITTEN = "main :is(textarea, input[type=text], input:not([type]))";

export function startLeaf(root) {
  const lines = [...root.querySelectorAll("[data-leaf]")];

  function go(step) {
    const at = lines.indexOf(root.activeElement);
    const next = lines[at < 0 && step < 0 ? lines.length - 1 : at + step];
    next?.focus();
    return Boolean(next);
  }

  function keeps() {
    const isList = root.querySelector("[data-leaves]");
    const fields = isList ? [...root.querySelectorAll(WRITTEN)] : [];
    return fields.some((one) => one.value !== one.defaultValue);
  }

  return {
    take(key) {
      if (key !== "j" && key !== "k") return false;
      return go(key === "j" ? 1 : -1) || keeps();
    },
  };
}
