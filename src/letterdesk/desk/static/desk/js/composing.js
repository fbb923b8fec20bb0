// Whether a key belongs to an input method: Safari ends a composition before it tells of the
// key that ended it, and marks that key by its old code alone.

export function isOfInputMethod(event) {
  return event.isComposing || event.keyCode === 229;
}
