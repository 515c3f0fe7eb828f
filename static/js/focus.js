// After a form came back with remarks, the reader starts at the summary of them. Links of the
// summary lead into the field itself, groups included.

function start(root) {
  root.querySelector?.("[data-focus]")?.focus({ preventScroll: false });
}

start(document);
document.addEventListener("htmx:after:settle", (event) => start(event.target));

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-focus] a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const field = target.matches("fieldset") ? target.querySelector("input:not([type=hidden])") : target;
  (field ?? target).focus();
});
