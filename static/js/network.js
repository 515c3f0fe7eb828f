// When a request of htmx finds no network, a line says so; nothing was sent, nothing is lost.

const line = document.querySelector("[data-network]");

if (line) {
  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.ctx?.request) line.textContent = line.dataset.network;
  });
  document.addEventListener("htmx:before:request", () => {
    line.textContent = "";
  });
}
