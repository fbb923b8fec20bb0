// Whoever decides sees what she decides on: an open form leaves the letter in sight, and the
// name where the form is about that.

const LINES = 80; // pixels of the letter: two lines of it
const GAP = 8; // pixels between the name and the form

export function startSight(root, panels) {
  const words = root.querySelector("[data-letter]");
  const sheet = words?.parentElement;
  const decide = root.querySelector("[data-decide]");
  if (!sheet || !decide) return;

  const floor = () => Math.min(innerHeight, decide.getBoundingClientRect().top);

  /** On a phone half of the room above the form is the letter's; elsewhere two lines are. */
  function wanted(height) {
    return matchMedia("(max-width: 30rem)").matches ? Math.min(height, floor() / 2) : LINES;
  }

  /** Where the form would leave less of the letter than is wanted, it moves up. */
  function showLetter() {
    const { top, height } = sheet.getBoundingClientRect();
    const seen = words.getBoundingClientRect();
    const isAbove = seen.top < 0 && seen.bottom < LINES;
    const isBelow = top > 0 && floor() - top < wanted(height);
    if (isAbove || isBelow) sheet.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** The name stands below the letter, so the end of that comes along. */
  function showName(name) {
    const { top, bottom } = name.getBoundingClientRect();
    const to = floor() - GAP;
    if (top < 0 || bottom > to) scrollBy({ top: bottom - to, behavior: "instant" });
  }

  panels.whenChanged((open) => {
    if (!open) return;
    showLetter();
    const name = open === "name" && sheet.querySelector(".letter-name");
    if (name) showName(name);
  });
}
