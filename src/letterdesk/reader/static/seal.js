/* Sealing in the reader's browser: HPKE base mode (RFC 9180) with X25519, HKDF-SHA256 and
 * AES-128-GCM, all of it by WebCrypto; and the envelope that the desk opens.
 * letterdesk/sealing.py and letterdesk/domain/letter.py do the same in Python. */

const SUITE = 1;
const KEM = [..."KEM"].map(code).concat(0, 32);
const HPKE = [..."HPKE"].map(code).concat(0, 32, 0, 1, 0, 1);
const HEAD = 4; /* bytes: the length of a letter without its padding */

/* Give the envelope of `letter`; `told` is what /.well-known/letterdesk.json says. */
export async function seal(letter, told) {
  if (told.key.suite !== SUITE) throw new Error("suite");
  const padded = pack(letter, told.sizes);
  const header = join("LDE\x01", [SUITE], unhex(told.key.id), [told.sizes.indexOf(padded.length)]);
  const info = join("letterdesk/letter/1\0", header);
  return join(header, await encrypt(padded, { to: debase64(told.key.public), info }));
}

/* Give the letter as JSON behind its length, padded to the first size that holds it. */
export function pack(letter, sizes) {
  const json = bytes(JSON.stringify(letter));
  const size = sizes.find((one) => HEAD + json.length <= one);
  if (!size) throw new RangeError("too long");
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, json.length);
  padded.set(json, HEAD);
  return padded;
}

/* Give HPKE's encapsulated key and ciphertext. `pair` is given by tests only. */
export async function encrypt(plain, { to, info, aad = [], pair = undefined }) {
  const own = pair ?? (await crypto.subtle.generateKey("X25519", false, ["deriveBits"]));
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const theirs = await crypto.subtle.importKey("raw", to, "X25519", false, []);
  const shared = new Uint8Array(
    await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, own.privateKey, 256),
  );
  const start = await extract(KEM, [], "eae_prk", shared);
  const secret = await expand(KEM, start, "shared_secret", join(enc, to), 32);
  const context = join(
    [0],
    await extract(HPKE, [], "psk_id_hash", []),
    await extract(HPKE, [], "info_hash", info),
  );
  const root = await extract(HPKE, secret, "secret", []);
  const raw = await expand(HPKE, root, "key", context, 16);
  const iv = await expand(HPKE, root, "base_nonce", context, 12);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const how = { name: "AES-GCM", iv, additionalData: join(aad) };
  return join(enc, new Uint8Array(await crypto.subtle.encrypt(how, key, plain)));
}

/* Give bytes, strings (as UTF-8) and lists of bytes one behind the other. */
export function join(...parts) {
  const all = parts.map((part) => (typeof part === "string" ? bytes(part) : part));
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function hex(raw) {
  return Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

/* Give bytes as base64url, without padding. */
export function base64(raw) {
  const text = btoa(Array.from(raw, (byte) => String.fromCharCode(byte)).join(""));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

function debase64(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), code);
}

/* RFC 9180's LabeledExtract; an empty salt and 32 zeros are the same key to HMAC. */
function extract(suite, salt, label, input) {
  return mac(salt.length ? salt : new Uint8Array(32), "HPKE-v1", suite, label, input);
}

/* RFC 9180's LabeledExpand, for at most 32 bytes. */
async function expand(suite, key, label, info, length) {
  const block = await mac(key, [0, length], "HPKE-v1", suite, label, info, [1]);
  return block.slice(0, length);
}

async function mac(key, ...parts) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, how, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, join(...parts)));
}

function bytes(text) {
  return new TextEncoder().encode(text);
}

function code(char) {
  return char.charCodeAt(0);
}
