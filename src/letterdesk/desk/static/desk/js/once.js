// A form that is pressed twice is sent once: the second answer would take the place of the first,
// which alone says what was done.

export function startOnce(root) {
  root.addEventListener("submit", (event) => {
    const { target: form } = event;
    if (!form.matches("[data-once]")) return;
    if (form.ariaBusy) event.preventDefault();
    form.ariaBusy = "true";
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("[data-once]")) form.ariaBusy = null;
  });
}
