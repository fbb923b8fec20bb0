// The list of keys, over the page.

export function startHelp(root) {
  const dialog = root.querySelector("[data-help]");
  return {
    isOpen: () => Boolean(dialog?.open),
    open() {
      dialog?.showModal();
      return Boolean(dialog);
    },
  };
}
