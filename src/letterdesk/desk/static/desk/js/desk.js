// Comfort on top of pages that work without it.
import { startCutting } from "./cutting.js";
import { startHelp } from "./help.js";
import { startKeys } from "./keys.js";
import { startPanels } from "./panels.js";
import { startStory } from "./story.js";
import { startTimes } from "./times.js";

for (const one of document.querySelectorAll("[data-scripts]")) {
  one.hidden = one.dataset.scripts === "off";
}
startTimes(document);
startStory(document);
const help = startHelp(document);
const panels = startPanels(document);
const cutting = startCutting(document, panels);
if (document.body.dataset.keys !== "off") {
  startKeys(document, { help, panels, cutting });
}
