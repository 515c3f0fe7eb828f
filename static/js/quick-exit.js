// "Quitter vite": the page is white before anything is asked of the network. The server signs
// the person out; if it cannot be reached the page is left all the same.
import { blank, sendAway } from "./leave.js";

const PATIENCE = 2500; // milliseconds before leaving without an answer
const SHIFTS = 3;
const WITHIN = 1500; // milliseconds for the three presses

let leaving = false;

async function leave(form) {
  if (leaving) return;
  leaving = true;
  blank("exit");
  document.title = "";
  const way = await sendAway(form, PATIENCE);
  if (way && "BroadcastChannel" in window) new BroadcastChannel("recul").postMessage("locked");
  location.replace(way ?? "about:blank");
}

document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("form[data-exit]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(event.target);
  },
  true,
);

let presses = [];
document.addEventListener("keyup", (event) => {
  // Shift held with another key is typing; so is a Shift between two letters.
  if (event.key !== "Shift") {
    presses = [];
    return;
  }
  const now = event.timeStamp;
  presses = [...presses.filter((at) => now - at < WITHIN), now];
  const form = document.querySelector("form[data-exit]");
  if (presses.length >= SHIFTS && form) leave(form);
});

// A page kept alive by the browser's back button is asked of the server again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank("exit");
  location.reload();
});
