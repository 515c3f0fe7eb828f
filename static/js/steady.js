// Forms in which one writes are sent in the background, so that the page, and the text in it, is
// left only for a server that has answered. What it answers with a page (remarks, a sign-in to
// renew) is asked for again as the browser does; a form sent twice is kept once.
//
// <form data-steady> … </form>   <p data-network data-unanswered="…" data-too-long="…"></p>
import { release } from "./double-submit.js";

const PATIENCE = 10000; // milliseconds for the server to answer

const line = document.querySelector("[data-network]");
let leaving = false;

async function send(form) {
  say("");
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "HX-Request": "true" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    stay(form, "unanswered");
    return;
  }
  const way = answer.headers.get("HX-Redirect");
  if (answer.status === 413) stay(form, "tooLong");
  else if (way) location.assign(way);
  else form.submit();
}

function stay(form, why) {
  leaving = false;
  release(form);
  say(line?.dataset[why]);
  // A draft goes on being kept where it was interrupted.
  form.querySelector("textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
}

function say(text) {
  if (line) line.textContent = text ?? "";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "again" in form.dataset) return;
  leaving = true;
  // A button with a name sends the same form elsewhere or for something else.
  if (event.defaultPrevented || !("steady" in form.dataset) || event.submitter?.name) return;
  event.preventDefault();
  send(form);
});

/** A text that is nowhere but in this page: no draft of it is kept, and Back would not bring it. */
function unsaved(field) {
  const begun = field.form.dataset.steady === "new" ? "" : field.defaultValue;
  return !("draft" in field.dataset) && field.value.trim() !== begun.trim();
}

/** The form of such a text, if there is one in the page. */
export function unsavedForm() {
  return [...document.querySelectorAll("form[data-steady] textarea")].find(unsaved)?.form;
}

addEventListener("beforeunload", (event) => {
  if (leaving || "blank" in document.documentElement.dataset) return;
  if (unsavedForm()) event.preventDefault();
});

addEventListener("pageshow", () => {
  leaving = false;
});
