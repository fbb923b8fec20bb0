// Comfort on top of pages that work without it.
import { startClaim } from "./claim.js";
import { startCutting } from "./cutting.js";
import { startHelp } from "./help.js";
import { startKeys, tellKeys } from "./keys.js";
import { startLeaf } from "./leaf.js";
import { startOnce } from "./once.js";
import { startPanels } from "./panels.js";
import { startShown } from "./shown.js";
import { startSight } from "./sight.js";
import { startStory } from "./story.js";
import { startSwap } from "./swap.js";
import { startTimes } from "./times.js";
import { startTogether } from "./together.js";
import { startWordings } from "./wordings.js";

const hasKeys = document.body.dataset.keys !== "off";
let page = start();
showCurrentTab(document.querySelector(".topbar-nav ul"));

/** Everything that works on the part of the page that is exchanged. */
function start() {
  for (const one of document.querySelectorAll("[data-scripts]")) {
    one.hidden = one.dataset.scripts === "off";
  }
  if (hasKeys) tellKeys(document);
  startTimes(document);
  startStory(document);
  const leaving = new AbortController();
  startShown(document, leaving.signal);
  const panels = startPanels(document);
  startSight(document, panels);
  startWordings(document, leaving.signal);
  const cutting = startCutting(document, panels, leaving.signal);
  const claim = startClaim(document, leaving.signal);
  const together = startTogether(document, leaving.signal);
  const leaf = startLeaf(document);
  return { panels, cutting, claim, together, leaf, stop: () => leaving.abort() };
}

/** Where the menu does not fit, the tab of this page is in sight. */
function showCurrentTab(menu) {
  const current = menu?.querySelector("[aria-current]");
  if (!current) return;
  const [outer, inner] = [menu, current].map((one) => one.getBoundingClientRect());
  menu.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}

startOnce(document);
const help = startHelp(document);
const swap = startSwap(document, () => {
  const { claim } = page;
  page.stop();
  page = start();
  if (!page.claim.isHeld()) claim.leave();
});
if (hasKeys) {
  startKeys(document, { help, page: () => page, isBusy: swap.isBusy });
}
