// Choosing words with the arrow keys: the browser's own selection, a word at a time.

const FORWARDS = { ltr: "ArrowRight", rtl: "ArrowLeft" };
const BACKWARDS = { ltr: "ArrowLeft", rtl: "ArrowRight" };

/** Scrolls so far that these words are in sight, above the form. */
function show({ top, bottom, height }, floor) {
  if (top < 0) window.scrollBy({ top: top - height });
  else if (bottom > floor) window.scrollBy({ top: bottom - floor + height });
}

export function startCursor(element, letter, allWords, form) {
  const spoken = allWords.filter((one) => (
    /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(letter.original.slice(one.start, one.end))
  ));
  const words = spoken.length ? spoken : allWords; // commas are taken along, not stopped at
  let anchor = null; // where Shift began
  let at = null; // the word that moves

  /** Where the selection is now, when somebody made another with the mouse. */
  function follow() {
    const found = letter.selected();
    if (!found) return;
    const touched = words.filter((one) => one.start < found.end && one.end > found.start);
    if (!touched.length || covers(found)) return;
    anchor = words.indexOf(touched[0]);
    at = words.indexOf(touched.at(-1));
  }

  const range = () => ({
    start: words[Math.min(anchor, at)].start,
    end: words[Math.max(anchor, at)].end,
  });

  function covers(found) {
    return at !== null && range().start === found.start && range().end === found.end;
  }

  /** The word above or below: the one of the next line whose middle is nearest. */
  function onLine(step) {
    const places = words.map((one) => letter.box(one));
    const here = places[at];
    const middle = (here.left + here.right) / 2;
    let best = at;
    for (let one = at + step; places[one]; one += step) {
      const gap = Math.abs(places[one].top - here.top);
      if (gap < here.height / 2) continue;
      if (best !== at && Math.abs(places[one].top - places[best].top) > here.height / 2) break;
      const off = (word) => Math.abs((places[word].left + places[word].right) / 2 - middle);
      if (best === at || off(one) < off(best)) best = one;
    }
    return best;
  }

  function target(key) {
    const { direction } = getComputedStyle(element);
    if (at === null) return 0;
    switch (key) {
      case FORWARDS[direction]: return Math.min(at + 1, words.length - 1);
      case BACKWARDS[direction]: return Math.max(at - 1, 0);
      case "ArrowDown": return onLine(1);
      case "ArrowUp": return onLine(-1);
      default: return null;
    }
  }

  return {
    /** Moves to another word, or with Shift takes it in; false when the key is not one of ours. */
    take(key, { shiftKey }) {
      if (!key.startsWith("Arrow") || !words.length) return false;
      follow();
      const next = target(key);
      if (next === null) return false;
      at = next;
      if (!shiftKey || anchor === null) anchor = at;
      letter.select(range());
      show(letter.box(words[at]), form.parentElement.getBoundingClientRect().top);
      return true;
    },
    /** After a cut the next arrow goes on from there. */
    goOnFrom({ start, end }) {
      const last = words.findLastIndex((one) => one.start < end && one.end > start);
      if (last >= 0) anchor = at = last;
    },
  };
}
