// Where words begin and end: the same notion of a word as the server's check of a cut.

// Scripts that do not part words by spaces: there each character stands for itself.
const ALONE = /[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]/u;
const INSIDE = /[\p{L}\p{M}\p{N}\u200c\u200d'’\-\u2010\u2011.,:/]/u;
const MIDDLE = /['’\-\u2010\u2011.,:/]/u;

function isInside(text, at) {
  const char = text[at];
  if (char === undefined || ALONE.test(char)) return false;
  if (/[\ud800-\udfff]/.test(char)) return false;
  if (!MIDDLE.test(char)) return INSIDE.test(char);
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") && /[\p{L}\p{N}]/u.test(text[at + 1] ?? "");
}

/** The selection without space around it, grown to whole words; null when nothing is left. */
export function wholeWords(text, { start, end }) {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  if (from === to) return null;
  while (from > 0 && isInside(text, from - 1) && isInside(text, from)) from -= 1;
  while (to < text.length && isInside(text, to - 1) && isInside(text, to)) to += 1;
  if (/[\udc00-\udfff]/.test(text[from])) from -= 1;
  if (/[\udc00-\udfff]/.test(text[to] ?? "")) to += 1;
  return { start: from, end: to };
}
