// A form that is on its way is not sent again. Forms that download a file say data-again, since
// their page stays.

const FORGET = 10000; // milliseconds after which a form without an answer may be sent again

function wait(form) {
  form.dataset.pending = "";
  form.setAttribute("aria-busy", "true");
  setTimeout(release, FORGET, form);
}

export function release(form) {
  delete form.dataset.pending;
  form.removeAttribute("aria-busy");
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post" || "again" in form.dataset) return;
    if ("pending" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    wait(form);
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-pending]").forEach(release);
});
