// A page of letters that are decided together: J and K lead from one to the next, the space
// bar ticks as everywhere, T ticks the page, and what is ticked is counted.

import { isOfInputMethod } from "./composing.js";

export function startTogether(root, signal) {
  const form = root.querySelector("[data-together]");
  if (!form) return { take: () => false };
  const letters = [...form.querySelectorAll("[data-alike]")];
  const boxes = [...form.querySelectorAll("[name=letters]")];
  const count = form.querySelector("[data-count]");
  const whole = form.querySelector("[data-tick]");

  /** What a letter sends when it is ticked with its page; nothing where that does not tick it. */
  const withPage = (box) => box.closest("[data-alike]").querySelector("[name=shown]")?.value;
  const isWithPage = (box) => box.checked && box.value === withPage(box);
  const isAll = () => boxes.filter(withPage).every((box) => box.checked);

  function tell() {
    const ticked = boxes.filter((one) => one.checked).length;
    if (count) count.textContent = String(ticked);
    if (ticked) form.querySelector("[data-refused=nothing-ticked]")?.remove();
    if (whole) tellOfPage();
  }

  /** What was ticked with the page is not approved: the server would refuse it. */
  function tellOfPage() {
    const isSo = boxes.some(isWithPage);
    for (const box of boxes) {
      const label = box.closest("label");
      label.querySelector("[data-by-itself]").hidden = isWithPage(box);
      label.querySelector("[data-with-page]").hidden = !isWithPage(box);
    }
    const canUntick = isAll() && boxes.some((one) => one.checked);
    form.querySelector("[data-so]").hidden = !isSo;
    form.querySelector("[name=action][value=approve]").disabled = isSo;
    whole.querySelector("[data-tick-all]").hidden = canUntick;
    whole.querySelector("[data-tick-none]").hidden = !canUntick;
  }

  /** Ticks what the page has shown, but not what she has ticked herself; or unticks it all. */
  function tickPage() {
    const isOff = isAll();
    for (const box of boxes) {
      if (isOff) {
        box.checked = false;
        box.value = box.dataset.alone;
      } else if (!box.checked && withPage(box)) {
        box.checked = true;
        box.value = withPage(box);
      }
    }
    tell();
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
  form.addEventListener("change", ({ target }) => {
    if (target.dataset.alone) target.value = target.dataset.alone; // ticked by itself
    tell();
  }, { signal });
  whole?.addEventListener("click", (event) => {
    event.preventDefault();
    tickPage();
  }, { signal });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || isOfInputMethod(event) || !event.target.matches("input")) return;
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
