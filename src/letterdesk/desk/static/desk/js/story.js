// On a phone the story's text is folded away until it is wanted.

export function startStory(root) {
  if (!window.matchMedia("(max-width: 67.99rem)").matches) return;
  for (const one of root.querySelectorAll("[data-narrow=close]")) one.open = false;
}
