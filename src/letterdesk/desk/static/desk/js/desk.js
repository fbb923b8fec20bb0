// Comfort on top of pages that work without it.
import { startClaim } from "./claim.js";
import { startCutting } from "./cutting.js";
import { startHelp } from "./help.js";
import { startKeys } from "./keys.js";
import { startPanels } from "./panels.js";
import { startStory } from "./story.js";
import { startSwap } from "./swap.js";
import { startTimes } from "./times.js";

let page = start();

/** Everything that works on the part of the page that is exchanged. */
function start() {
  for (const one of document.querySelectorAll("[data-scripts]")) {
    one.hidden = one.dataset.scripts === "off";
  }
  startTimes(document);
  startStory(document);
  const leaving = new AbortController();
  const panels = startPanels(document);
  const cutting = startCutting(document, panels, leaving.signal);
  const claim = startClaim(document, leaving.signal);
  return { panels, cutting, claim, stop: () => leaving.abort() };
}

const help = startHelp(document);
const swap = startSwap(document, () => {
  const { claim } = page;
  page.stop();
  page = start();
  if (!page.claim.isHeld()) claim.leave();
});
if (document.body.dataset.keys !== "off") {
  startKeys(document, { help, page: () => page, isBusy: swap.isBusy });
}
