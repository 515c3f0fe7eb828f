// On a worded scale, tapping the chosen step again takes the answer back.

let before = null;

document.addEventListener("pointerdown", (event) => {
  const step = event.target.closest?.("[data-scale] .step input");
  before = step?.checked ? step : null;
});

document.addEventListener("click", (event) => {
  const step = event.target;
  // detail is 0 for the keyboard, which has "sans réponse" one arrow away.
  if (step !== before || event.detail === 0) return;
  before = null;
  const none = step.closest("[data-scale]").querySelector(".step-none input");
  none.checked = true;
  none.dispatchEvent(new Event("change", { bubbles: true }));
});
