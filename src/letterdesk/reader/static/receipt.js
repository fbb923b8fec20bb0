/* A receipt code made in the reader's browser, and what it stands for.
 * letterdesk/domain/receipt.py and base32.py do the same in Python. */

import { hex, join } from "./seal.js";

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKS = `${SYMBOLS}*~$=U`;
const GROUP = 5;

/* Give a new code, and the fields by which a letter lets the desk answer it. */
export function newReceipt() {
  return receipt(random());
}

/* Give the code of 16 bytes, and its fields. */
export async function receipt(secret) {
  const number = toNumber(secret);
  const symbols = symbolsOf(number) + CHECKS[Number(number % 37n)];
  const action = await derive(secret, "action", 32);
  const digest = await crypto.subtle.digest("SHA-256", join("letterdesk/action/1\0", action));
  return {
    code: symbols.match(new RegExp(`.{1,${GROUP}}`, "g")).join("-"),
    fields: {
      lookup: symbolsOf(toNumber(await derive(secret, "lookup", 16))),
      outcome_key: hex(await derive(secret, "outcome", 32)),
      action_digest: hex(new Uint8Array(digest)),
    },
  };
}

/* Give an id that says nothing. */
export function newId() {
  return symbolsOf(toNumber(random())).toLowerCase();
}

function random() {
  return crypto.getRandomValues(new Uint8Array(16));
}

async function derive(secret, what, length) {
  const info = join(`letterdesk/receipt/1/${what}`);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}

function toNumber(raw) {
  return raw.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

/* Give a 128-bit number as 26 symbols of Crockford's base 32. */
function symbolsOf(number) {
  let text = "";
  for (let shift = 125n; shift >= 0n; shift -= 5n) {
    text += SYMBOLS[Number((number >> shift) & 31n)];
  }
  return text;
}
