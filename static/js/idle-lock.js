// An open journal locks itself after the person's idle minutes. The server does so too; this
// takes the page off the screen. Time is read from the clock, because timers stop during sleep.
// A page that was served locked (data-locked) tells the other tabs, whatever locked it.
import { blank, sendAway } from "./leave.js";
import { unsavedForm } from "./steady.js";

const minutes = Number(document.body.dataset.idleMinutes);
const form = document.querySelector("form[data-lock]");
const PATIENCE = 8000; // milliseconds for the server to answer
const RETRY = 15000; // milliseconds before asking again without a network

let last = Date.now();
let locking = false;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("recul") : null;

function active() {
  const now = Date.now();
  if (locking) return;
  if (now - last > minutes * 60000) {
    lock();
    return;
  }
  // One message every few seconds is enough for the other tabs.
  if (now - last > 5000) tabs?.postMessage("active");
  last = now;
}

function check() {
  if (!locking && Date.now() - last > minutes * 60000) lock();
}

async function lock() {
  locking = true;
  blank("lock");
  await keepDrafts();
  const way = await sendAway(form, PATIENCE);
  if (way) {
    tabs?.postMessage("locked");
    location.replace(way);
    return;
  }
  // Without a network the text stays in the hidden page until it can be kept.
  setTimeout(lock, RETRY);
}

/** A draft still in the page is given its chance; the answer is awaited, not required. */
function keepDrafts() {
  const waits = [];
  document.dispatchEvent(new CustomEvent("recul:leaving", { detail: { waits } }));
  return Promise.allSettled(waits);
}

/** Another tab was locked. A line being written stays, alone: it can still be dropped in. */
async function follow() {
  if (locking || "blank" in document.documentElement.dataset) return;
  const writing = unsavedForm();
  if (writing) {
    const place = document.createElement("div");
    place.className = "column";
    place.append(writing);
    document.querySelector("main").replaceChildren(place);
    return;
  }
  locking = true;
  blank("lock");
  await keepDrafts();
  location.reload();
}

function watch() {
  for (const type of ["pointerdown", "keydown", "scroll", "input"]) {
    addEventListener(type, active, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", check);
  addEventListener("focus", check);
  addEventListener("online", () => locking && lock());
  setInterval(check, 10000);
  tabs?.addEventListener("message", ({ data }) => {
    if (data === "active") last = Date.now();
    if (data === "locked") follow();
  });
}

if (minutes > 0 && form) watch();
if (document.querySelector("[data-locked]")) tabs?.postMessage("locked");
