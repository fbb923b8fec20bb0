// Passkeys: a form marked data-passkey asks the browser for one and sends what it says.
// One question at a time: browsers refuse a second, which would look like a failure.
// "create" makes a passkey, "get" uses one; "login" first asks the desk for a challenge.

// Browsers keep passkeys for host names; at an IP address there are none.
const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
const PATIENCE = 20_000; // milliseconds
const canUse = Boolean(window.PublicKeyCredential && navigator.credentials && !isAddress);

let isAsking = false;

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function readOptions(given) {
  const options = { ...given.publicKey, challenge: bytes(given.publicKey.challenge) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    options[list] = (options[list] ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  }
  if (options.user) {
    options.user = { ...options.user, id: bytes(options.user.id) };
  }
  return { publicKey: options };
}

function writeCredential(made) {
  const response = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (made.response[name]) {
      response[name] = text(made.response[name]);
    }
  }
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response,
  };
}

async function challenge(form) {
  if (form.dataset.passkey !== "login") {
    return JSON.parse(form.querySelector("#passkey-options").textContent);
  }
  const answer = await fetch(form.action, {
    headers: { "X-Requested-With": "XMLHttpRequest" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  return (await answer.json()).request_options;
}

async function ask(form) {
  if (isAsking) return;
  isAsking = true;
  const alert = form.querySelector("[role=alert]");
  alert.hidden = true;
  try {
    const options = readOptions(await challenge(form));
    const verb = form.dataset.passkey === "create" ? "create" : "get";
    const made = await navigator.credentials[verb](options);
    form.elements.credential.value = JSON.stringify(writeCredential(made));
    form.submit();
  } catch {
    alert.hidden = false; // refused, timed out, or none here: what to do stands in the page
  } finally {
    isAsking = false;
  }
}

for (const form of canUse ? document.querySelectorAll("[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
for (const words of canUse ? document.querySelectorAll("[data-passkey-none]") : []) {
  words.hidden = true;
}
