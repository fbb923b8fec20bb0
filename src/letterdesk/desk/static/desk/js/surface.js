// The letter on the page as something to cut in: places in it, and marks on it.

/** The letter's text nodes, visible signs and triage's marks, with their places in the original. */
function readAtoms(element) {
  const atoms = [];
  let at = 0;
  for (const node of [...element.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE) {
      atoms.push({ start: at, end: at + node.data.length, text: node.data });
    } else if (node.classList?.contains("sign")) {
      atoms.push({ start: at, end: at + Number(node.dataset.units), sign: node });
    } else if (node.localName === "del") {
      for (const inner of readAtoms(node)) {
        atoms.push({ ...inner, start: inner.start + at, end: inner.end + at });
      }
    } else if (node.localName === "mark") {
      for (const inner of readAtoms(node)) {
        atoms.push({ ...inner, start: inner.start + at, end: inner.end + at, mark: node });
      }
    } else if (node.classList?.contains("mark-link")) {
      atoms.push({ start: at, end: at, link: node });
    } else {
      continue; // a note is not part of the original
    }
    at = atoms.at(-1)?.end ?? at;
  }
  return atoms;
}

/** The cuts that the page came with. */
function readCuts(element) {
  const cuts = [];
  let at = 0;
  for (const node of element.childNodes) {
    const start = at;
    at += readAtoms({ childNodes: [node] }).at(-1)?.end ?? 0;
    if (node.localName !== "del") continue;
    const beside = node.nextElementSibling;
    const isNote = node.nextSibling === beside && beside?.localName === "ins";
    cuts.push({ start, end: at, note: isNote ? beside.textContent.slice(1, -1) : "" });
  }
  return cuts;
}

/** The stretches that triage marked, as places in the original. */
function readMarks(atoms) {
  const marks = [];
  for (const { start, end, mark } of atoms) {
    const last = marks.at(-1);
    if (!mark) continue;
    if (last?.end === start) last.end = end;
    else marks.push({ start, end });
  }
  return marks;
}

function* slices(atoms, start, end) {
  for (const atom of atoms) {
    if (atom.link) {
      if (atom.start > start && atom.start <= end) yield { at: null, node: atom.link.cloneNode(true) };
      continue;
    }
    const from = Math.max(atom.start, start);
    const to = Math.min(atom.end, end);
    if (from >= to) continue;
    const node = atom.sign
      ? atom.sign.cloneNode(true)
      : document.createTextNode(atom.text.slice(from - atom.start, to - atom.start));
    yield { at: from, node, mark: atom.mark };
  }
}

export function surface(element) {
  const original = element.dataset.original;
  const initial = readCuts(element);
  const atoms = readAtoms(element);
  let places = new Map(); // text node or sign → its place in the original

  function fill(parent, start, end) {
    for (const { at, node, mark } of slices(atoms, start, end)) {
      if (at !== null) places.set(node, at);
      const around = mark?.cloneNode(false);
      around?.append(node);
      parent.append(around ?? node);
    }
  }

  function show(cuts) {
    places = new Map();
    element.replaceChildren();
    let at = 0;
    for (const cut of cuts) {
      fill(element, at, cut.start);
      const gone = document.createElement("del");
      fill(gone, cut.start, cut.end);
      element.append(gone);
      if (cut.note) {
        const note = document.createElement("ins");
        note.textContent = `[${cut.note}]`;
        element.append(note);
      }
      at = cut.end;
    }
    fill(element, at, original.length);
  }

  function placeOf(node, offset) {
    if (places.has(node)) return places.get(node) + (node.nodeType === Node.TEXT_NODE ? offset : 0);
    const inner = node.childNodes?.[offset];
    if (inner) return placeOf(inner, 0);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let last = 0;
    for (let one = walker.nextNode(); one; one = walker.nextNode()) {
      if (!places.has(one)) continue;
      const isBefore = node.contains(one)
        || node.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
      if (isBefore) last = places.get(one) + one.data.length;
    }
    return last;
  }

  /** What is selected of the letter, as places in the original; null when nothing is. */
  function selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(element)) return null;
    const whole = document.createRange();
    whole.selectNodeContents(element);
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
      range.setStart(whole.startContainer, whole.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
      range.setEnd(whole.endContainer, whole.endOffset);
    }
    const start = placeOf(range.startContainer, range.startOffset);
    const end = placeOf(range.endContainer, range.endOffset);
    return end > start ? { start, end } : null;
  }

  /** The node in which a place of the original lies, and the place within it. */
  function nodeAt(place) {
    let found = null;
    for (const [node, start] of places) {
      if (start > place) break;
      found = [node, start];
    }
    const [node, start] = found;
    if (node.nodeType !== Node.TEXT_NODE) return [node.parentNode, [...node.parentNode.childNodes].indexOf(node)];
    return [node, Math.min(place - start, node.data.length)];
  }

  function rangeOf({ start, end }) {
    const range = document.createRange();
    const [last, offset] = nodeAt(end - 1);
    range.setStart(...nodeAt(start));
    range.setEnd(last, offset + 1);
    return range;
  }

  function select(words) {
    const range = rangeOf(words);
    document.getSelection().setBaseAndExtent(
      range.startContainer, range.startOffset, range.endContainer, range.endOffset,
    );
  }

  const box = (words) => rangeOf(words).getBoundingClientRect();

  show(initial);
  return { box, initial, marks: readMarks(atoms), original, select, selected, show };
}
