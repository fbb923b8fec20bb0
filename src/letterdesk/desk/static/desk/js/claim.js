// Keeps a letter claimed while somebody looks at it, and lets go when she leaves.

const EVERY = 60_000; // milliseconds; a claim lasts for five minutes
const AWAY = 600_000; // nobody moved for so long: the claim may run out
const MOVES = ["keydown", "pointermove", "scroll"];

export function startClaim(root, signal) {
  const card = root.querySelector("[data-claim]");
  const token = root.querySelector("main [name=csrfmiddlewaretoken]")?.value;
  if (!card || !token) return { isHeld: () => false, leave() {} };
  const claimed = root.querySelector("[data-claimed]");
  const outdated = root.querySelector("[data-trouble=outdated]");
  let moved = Date.now();

  const form = () => new URLSearchParams({
    csrfmiddlewaretoken: token,
    page: card.dataset.page, // a goodbye that comes late takes nothing from a newer page
  });

  async function renew() {
    if (document.visibilityState !== "visible" || Date.now() - moved > AWAY) return;
    const answer = await fetch(card.dataset.claim, { method: "POST", body: form(), signal })
      .catch(() => null);
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!found || signal.aborted) return; // the next decision will say what is wrong
    claimed.hidden = !found.by;
    claimed.querySelector("[data-name]").textContent = found.by;
    outdated.hidden = String(found.version) === card.dataset.version;
  }

  function leave() {
    navigator.sendBeacon(card.dataset.leave, form());
  }

  const timer = setInterval(renew, EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
  for (const move of MOVES) {
    root.addEventListener(move, () => { moved = Date.now(); }, { signal, passive: true });
  }
  document.addEventListener("visibilitychange", renew, { signal });
  window.addEventListener("pagehide", leave, { signal });
  return { isHeld: () => true, leave };
}
