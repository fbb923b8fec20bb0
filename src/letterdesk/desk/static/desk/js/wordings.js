// Tab leads past the wording of a rule that nobody has ticked: none of these is sent.

export function startWordings(root, signal) {
  const choices = [...root.querySelectorAll(".choice:has(summary)")];
  if (!choices.length) return;

  /** By Tab is reached what she ticked, or has opened already; by hand, everything. */
  function settle() {
    for (const choice of choices) {
      const isMeant = choice.querySelector("[name=rules]").checked || choice.querySelector("[open]");
      choice.querySelector("summary").tabIndex = isMeant ? 0 : -1;
    }
  }

  // A digit ticks without a change that could be listened to: look when it matters.
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Tab") settle();
  }, { signal, capture: true });
  settle();
}
