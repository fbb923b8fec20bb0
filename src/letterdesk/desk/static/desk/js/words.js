// Where words begin and end, as the server's check of a cut sees them.

/** The words' places, from the widths of white space and word in turn. */
export function readWords(widths) {
  const words = [];
  let at = 0;
  widths.split(" ").filter(Boolean).map(Number).forEach((width, turn) => {
    if (turn % 2) words.push({ start: at, end: at + width });
    at += width;
  });
  return words;
}

/** The selection, grown to whole words; null when there is none in it. */
export function wholeWords(words, { start, end }) {
  const touched = words.filter((word) => word.start < end && word.end > start);
  if (!touched.length) return null;
  return { start: touched[0].start, end: touched.at(-1).end };
}
