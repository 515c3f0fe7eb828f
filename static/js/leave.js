// Leaving a page for good: nothing of it may be seen again, and Back must not bring it back.

/** Hide the page at once. `kind` is "exit" (a white page) or "lock" (a line says why). */
export function blank(kind) {
  document.documentElement.dataset.blank = kind;
  document.activeElement?.blur?.();
}

/**
 * Send a form in the background; the address where its answer leads, or null without an answer.
 * Our server names it in HX-Redirect, so that one on another site is not fetched by us.
 */
export async function sendAway(form, patience) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "HX-Request": "true" },
      signal: AbortSignal.timeout(patience),
      keepalive: true,
    });
    return answer.headers.get("HX-Redirect") ?? (answer.ok ? answer.url : null);
  } catch {
    return null;
  }
}
