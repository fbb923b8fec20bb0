// Rules by their digits: at once when no other rule's number begins so, else one after another.

const digitsOf = (number) => number.replace(/\D/g, "");

/** `numbers` are the rules', in order: "3", "12", "4.2". */
export function startDigits(numbers) {
  let typed = "";

  const beginning = (digits) => numbers.filter((one) => digitsOf(one).startsWith(digits));

  return {
    clear() {
      typed = "";
    },
    /** The rule that is meant so far, and whether a further digit could mean another. */
    take(digit) {
      if (!beginning(typed + digit).length) typed = "";
      typed += digit;
      const found = beginning(typed);
      const number = found.find((one) => digitsOf(one) === typed) ?? "";
      if (!found.length) typed = "";
      return { number, isOpen: found.some((one) => one !== number) };
    },
  };
}
