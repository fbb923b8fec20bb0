// Solves an ALTCHA challenge (version 2, PBKDF2/SHA-256), off the page's own thread.
// Without WebCrypto, which old browsers and plain http lack, it throws: send without.

const AT_ONCE = 4; // derivations under way; browsers run them in threads of their own

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (raw) => [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Gives the field `altcha` for a challenge of GET /t/STORY/challenge. */
export async function solve(challenge) {
  const { cost, keyLength, keyPrefix, nonce, salt } = challenge.parameters;
  const head = bytes(nonce);
  const way = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };

  async function attempt(counter) {
    const password = new Uint8Array(head.length + 4);
    password.set(head);
    new DataView(password.buffer).setUint32(head.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(new Uint8Array(await crypto.subtle.deriveBits(way, key, keyLength * 8)));
    return { counter, derivedKey };
  }

  for (let counter = 0; ; counter += AT_ONCE) {
    const tried = await Promise.all(Array.from({ length: AT_ONCE }, (_, more) => attempt(counter + more)));
    const solution = tried.find((one) => one.derivedKey.startsWith(keyPrefix));
    if (solution) return btoa(JSON.stringify({ challenge, solution }));
  }
}
