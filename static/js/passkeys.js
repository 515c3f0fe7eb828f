// Passkeys: the browser asks the person for a finger, a face or a code, and a form carries what it
// signed. Each form says by itself what is needed where no passkey can be used.
//
// <form data-passkey="create" data-options="{…}" hidden> or
// <form data-passkey="get" data-ask="/address/of/options" hidden>, both with
//   <input type="hidden" name="passkey">, <p role="alert" data-said></p>
//   and data-cancelled, data-known, data-refused, data-unanswered: what to say.
// <p data-without-passkeys hidden> is shown where there are none.
import { release } from "./double-submit.js";

const LONGEST = 300000; // milliseconds that the browser's own window may stay open

const WHY = {
  InvalidStateError: "known",
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  NetworkError: "unanswered",
};

function bytes(letters) {
  const plain = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function letters(buffer) {
  if (!buffer) return "";
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Options as they came in JSON, with bytes where the browser wants them. */
function read(options) {
  const named = (credential) => ({ ...credential, id: bytes(credential.id) });
  const read = { timeout: LONGEST, ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) read[list] = options[list].map(named);
  }
  const input = options.extensions?.prf?.eval.first;
  if (input) read.extensions = { ...options.extensions, prf: { eval: { first: bytes(input) } } };
  return read;
}

async function create(options) {
  const made = await navigator.credentials.create({ publicKey: options });
  const computed = made.getClientExtensionResults().prf;
  return {
    client_data: letters(made.response.clientDataJSON),
    attestation: letters(made.response.attestationObject),
    transports: (made.response.getTransports?.() ?? []).join(),
    computes: computed?.enabled ? "1" : "",
    secret: letters(computed?.enabled && (computed.results?.first ?? (await compute(made, options)))),
  };
}

/** Some authenticators compute nothing while they make a passkey: it is used once, at once. */
async function compute(made, { rpId, rp, extensions }) {
  const options = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    rpId: rpId ?? rp.id,
    allowCredentials: [{ type: "public-key", id: made.rawId }],
    userVerification: "required",
    timeout: LONGEST,
    extensions,
  };
  try {
    const used = await navigator.credentials.get({ publicKey: options });
    return used.getClientExtensionResults().prf?.results?.first;
  } catch {
    return undefined; // It stays a passkey; opening the journal with it can be asked for later.
  }
}

async function get(options) {
  const used = await navigator.credentials.get({ publicKey: options });
  return {
    credential: letters(used.rawId),
    client_data: letters(used.response.clientDataJSON),
    authenticator_data: letters(used.response.authenticatorData),
    signature: letters(used.response.signature),
    user: letters(used.response.userHandle),
    secret: letters(used.getClientExtensionResults().prf?.results?.first),
  };
}

/** Asked for at the last moment: a page may have been open since yesterday. */
async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.dataset.ask, { headers }).catch(() => {
    throw new DOMException("", "NetworkError");
  });
  if (answer.redirected) {
    location.assign(answer.url); // The sign-in has ended.
    return new Promise(() => {});
  }
  return answer.json();
}

async function send(form) {
  const said = form.querySelector("[data-said]");
  said.hidden = true;
  try {
    const options = read(await optionsOf(form));
    const answer = await (form.dataset.passkey === "create" ? create : get)(options);
    form.querySelector("[name=passkey]").value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    release(form);
    said.textContent = form.dataset[WHY[error.name] ?? "refused"];
    said.hidden = false;
  }
}

function offer(form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

// Browsers make no passkey for an address of numbers.
const numbers = /^[\d.]+$|^\[/.test(location.hostname);
if (window.PublicKeyCredential && navigator.credentials && !numbers) {
  document.querySelectorAll("form[data-passkey]").forEach(offer);
} else {
  for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = false;
}
