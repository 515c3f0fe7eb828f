// A new password is written once: whoever likes can look at it. It is hidden again before it is sent.
//
// <input type="password" id="x"> … <button type="button" data-reveal="x" aria-pressed="false">

function show(button, shown) {
  document.getElementById(button.dataset.reveal).type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
}

function hideAll() {
  document.querySelectorAll("[data-reveal]").forEach((button) => show(button, false));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-reveal]");
  if (button) show(button, button.getAttribute("aria-pressed") !== "true");
});
document.addEventListener("submit", hideAll, true);
addEventListener("pagehide", hideAll);
