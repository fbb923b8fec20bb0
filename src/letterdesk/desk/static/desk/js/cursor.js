// Choosing words with the arrow keys: the browser's own selection, a word at a time. In Korean
// that is what stands between spaces, and with Alt a syllable of it, so that a particle can stay.
// Chinese goes by characters: where its words end is a guess, and names are guessed worst.

const FORWARDS = { ltr: "ArrowRight", rtl: "ArrowLeft" };
const BACKWARDS = { ltr: "ArrowLeft", rtl: "ArrowRight" };
const LETTERS = /^[\p{L}\p{M}\p{N}]+$/u;
const HANGUL = /\p{Script=Hangul}/u;

/** For each word the first and the last of those that are written as one with it. */
function wholesOf(words, read) {
  const isOne = (before, word) => before?.end === word.start
    && LETTERS.test(read(before)) && LETTERS.test(read(word))
    && HANGUL.test(read(before) + read(word));
  const wholes = [];
  words.forEach((word, at) => {
    const whole = isOne(words[at - 1], word) ? wholes[at - 1] : { first: at, last: at };
    whole.last = at;
    wholes.push(whole);
  });
  return wholes;
}

const alone = (at) => ({ first: at, last: at });

/** Scrolls so far that these words are in sight, above the form. */
function show({ top, bottom, height }, floor) {
  if (top < 0) window.scrollBy({ top: top - height });
  else if (bottom > floor) window.scrollBy({ top: bottom - floor + height });
}

export function startCursor(element, letter, allWords, form) {
  const read = ({ start, end }) => letter.original.slice(start, end);
  const spoken = allWords.filter((one) => (
    /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(read(one))
  ));
  const words = spoken.length ? spoken : allWords; // commas are taken along, not stopped at
  const wholes = wholesOf(words, read);
  const hasSyllables = wholes.some((one) => one.first < one.last);
  let anchor = null; // where Shift began: the first and the last of some words
  let at = null; // those that move

  /** Where the selection is now, when somebody made another with the mouse. */
  function follow() {
    const found = letter.selected();
    if (!found) return;
    const touched = words.filter((one) => one.start < found.end && one.end > found.start);
    if (!touched.length || covers(found)) return;
    anchor = alone(words.indexOf(touched[0]));
    at = alone(words.indexOf(touched.at(-1)));
  }

  const range = () => ({
    start: words[Math.min(anchor.first, at.first)].start,
    end: words[Math.max(anchor.last, at.last)].end,
  });

  function covers(found) {
    return at !== null && range().start === found.start && range().end === found.end;
  }

  /** The word above or below: the one of the next line whose middle is nearest. */
  function onLine(step) {
    const places = words.map((one) => letter.box(one));
    const from = at.last;
    const here = places[from];
    const middle = (here.left + here.right) / 2;
    let best = from;
    for (let one = from + step; places[one]; one += step) {
      const gap = Math.abs(places[one].top - here.top);
      if (gap < here.height / 2) continue;
      if (best !== from && Math.abs(places[one].top - places[best].top) > here.height / 2) break;
      const off = (word) => Math.abs((places[word].left + places[word].right) / 2 - middle);
      if (best === from || off(one) < off(best)) best = one;
    }
    return best;
  }

  const within = (place) => Math.max(0, Math.min(place, words.length - 1));

  function target(key) {
    const { direction } = getComputedStyle(element);
    if (at === null) return wholes[0];
    switch (key) {
      case FORWARDS[direction]: return wholes[within(wholes[at.last].last + 1)];
      case BACKWARDS[direction]: return wholes[within(wholes[at.first].first - 1)];
      case "ArrowDown": return wholes[onLine(1)];
      case "ArrowUp": return wholes[onLine(-1)];
      default: return null;
    }
  }

  /** The syllable after or before; of a whole word its first or last one. */
  function syllable(step) {
    if (at.first < at.last) return alone(step > 0 ? at.first : at.last);
    return alone(within(at.last + step));
  }

  /** Moves the end that moves with Shift by a syllable. */
  function stretch(step) {
    const isAfter = at.first >= anchor.first;
    anchor = alone(isAfter ? anchor.first : anchor.last);
    at = alone(within((isAfter ? at.last : at.first) + step));
  }

  function bySyllable(key, { shiftKey }) {
    const { direction } = getComputedStyle(element);
    const step = { [FORWARDS[direction]]: 1, [BACKWARDS[direction]]: -1 }[key];
    if (!step) return false;
    if (at === null) anchor = at = wholes[0];
    if (shiftKey) stretch(step);
    else anchor = at = syllable(step);
    return true;
  }

  function byWord(key, { shiftKey }) {
    const next = target(key);
    if (next === null) return false;
    at = next;
    if (!shiftKey || anchor === null) anchor = at;
    return true;
  }

  return {
    /** Moves to another word, or with Shift takes it in; false when the key is not one of ours. */
    take(key, event) {
      if (!key.startsWith("Arrow") || !words.length) return false;
      if (event.altKey && !hasSyllables) return false;
      follow();
      if (!(event.altKey ? bySyllable : byWord)(key, event)) return false;
      letter.select(range());
      show(letter.box(words[at.last]), form.parentElement.getBoundingClientRect().top);
      return true;
    },
    /** Selects words and has their beginning in sight; the next arrow goes on from there. */
    goTo(found) {
      letter.select(found);
      show(letter.box({ start: found.start, end: found.start + 1 }), form.parentElement.getBoundingClientRect().top);
    },
    /** After a cut the next arrow goes on from there. */
    goOnFrom({ start, end }) {
      const last = words.findLastIndex((one) => one.start < end && one.end > start);
      if (last >= 0) anchor = at = alone(last);
    },
  };
}
