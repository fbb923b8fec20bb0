// A page of letters that are decided together: J and K lead from one to the next, the space
// bar ticks as everywhere, and what is ticked is counted.

export function startTogether(root, signal) {
  const form = root.querySelector("[data-together]");
  if (!form) return { take: () => false };
  const letters = [...form.querySelectorAll("[data-alike]")];
  const boxes = [...form.querySelectorAll("[name=letters]")];
  const count = form.querySelector("[data-count]");

  function tell() {
    if (count) count.textContent = String(boxes.filter((one) => one.checked).length);
  }

  /** Where somebody is: in the letter that has focus, or before the first. */
  function here() {
    return letters.findIndex((one) => one.contains(root.activeElement));
  }

  function go(step) {
    const at = here();
    const next = letters[at < 0 && step < 0 ? letters.length - 1 : at + step];
    if (!next) return false;
    const box = next.querySelector("[name=letters]");
    const place = box?.offsetParent ? box : next.querySelector("h2");
    place.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
    return true;
  }

  // Without scripts all its forms are open, and it stands below the letters, not over them.
  form.querySelector(".decide")?.classList.remove("decide-still");
  form.addEventListener("change", tell, { signal });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault(); // in a letter's box it decides nothing
    const save = event.target.closest("[data-panel]")?.querySelector("[data-save]");
    if (save) form.requestSubmit(save);
  }, { signal });
  tell();
  return {
    take(key) {
      if (key === "j") return go(1);
      return key === "k" && go(-1);
    },
  };
}
