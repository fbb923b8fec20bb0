// A new password that can be looked at is typed once; without scripts it is typed twice.

export function startShown(root, signal) {
  for (const box of root.querySelectorAll("[data-shows]")) {
    const field = root.getElementById(box.dataset.shows);
    const show = () => { field.type = box.checked ? "text" : "password"; };
    for (const again of box.form.querySelectorAll("[data-typed-twice]")) {
      again.hidden = true;
      again.querySelector("input").disabled = true; // nor is it sent
    }
    box.addEventListener("change", show, { signal });
    box.form.addEventListener("submit", () => {
      field.type = "password"; // no browser keeps it among what was typed into text fields
    }, { signal });
    show();
  }
}
