// What is cut, step by step: nothing that went comes back by a further cut.

export const isSame = (one, other) => (
  one.start === other.start && one.end === other.end && one.note === other.note
);
const isTouched = (one, { start, end }) => one.start < end && one.end > start;

/** What stands after each of these cuts, as if they were made one after another. */
export function stepsTo(cuts) {
  return Array.from({ length: cuts.length + 1 }, (_, count) => (
    { cuts: cuts.slice(0, count), last: cuts[count - 1] }
  ));
}

/** The step after this cut, which takes along every cut that it touches; without rules of its
own, their rules too. */
export function grown({ cuts }, { start, end, note, rules }) {
  const touched = cuts.filter((one) => isTouched(one, { start, end }));
  const last = {
    start: Math.min(start, ...touched.map((one) => one.start)),
    end: Math.max(end, ...touched.map((one) => one.end)),
    note,
    rules: rules ?? touched.flatMap((one) => one.rules),
  };
  const others = cuts.filter((one) => !touched.includes(one));
  return { cuts: [...others, last].sort((a, b) => a.start - b.start), last };
}

/** The cuts of one step that the other does not have. */
export function newIn({ cuts }, other) {
  return cuts.filter((cut) => !other.cuts.some((one) => isSame(one, cut)));
}

/** The same step, its cuts no longer made under this rule. */
export function withoutRule({ cuts, last }, rule) {
  const strip = (cut) => cut && { ...cut, rules: cut.rules.filter((one) => one !== rule) };
  return { cuts: cuts.map(strip), last: strip(last) };
}

/** The stretches that were cut at the step `gone`, and are not at the one before it. */
export function backAfter(gone, before) {
  return newIn(gone, before).flatMap((cut) => {
    const kept = before.cuts.filter((one) => isTouched(one, cut));
    const ends = [cut.start, ...kept.flatMap((one) => [one.start, one.end]), cut.end];
    return Array.from({ length: ends.length / 2 }, (_, at) => (
      { start: ends[2 * at], end: ends[2 * at + 1] }
    ));
  });
}
