// Keeps an unsent text on the server, sealed, a little after the last keystroke. Nothing is
// kept in the browser, and "enregistré" is only said in the server's own words.
//
// <form>  … <textarea data-draft="/carnet/brouillon"> …
//   <p class="status" role="status" data-draft-status data-offline="…" data-refused="…"></p>

const PAUSE = 2000; // milliseconds after the last keystroke
const PATIENCE = 10000; // milliseconds for the server to answer

class Draft {
  constructor(form, address) {
    this.form = form;
    this.address = address;
    this.timer = null;
    this.sending = null;
    this.changed = false;
  }

  touch() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.changed = false;
    this.request?.abort();
  }

  /** One request at a time; what was typed meanwhile follows. */
  async send() {
    clearTimeout(this.timer);
    if (this.sending) {
      await this.sending;
      return;
    }
    if (!this.changed || "pending" in this.form.dataset) return;
    this.changed = false;
    this.sending = this.exchange();
    await this.sending;
    this.sending = null;
    if (this.changed) this.touch();
  }

  async exchange() {
    this.request = new AbortController();
    const timer = setTimeout(() => this.request.abort("slow"), PATIENCE);
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { "HX-Request": "true", "HX-Request-Type": "partial" },
        signal: this.request.signal,
        keepalive: document.visibilityState === "hidden",
      });
      this.say(await words(answer), "refused");
    } catch {
      if (this.request.signal.aborted && this.request.signal.reason !== "slow") return;
      this.say(null, "offline");
    } finally {
      clearTimeout(timer);
    }
  }

  /** The server's words, or the page's own when there are none: then the text is not safe yet. */
  say(text, otherwise) {
    const line = this.form.querySelector("[data-draft-status]");
    if (text === null) this.changed = true;
    if (line) line.textContent = text ?? line.dataset[otherwise] ?? "";
  }
}

/** What the server said, as plain text; null when it did not keep the draft. */
async function words(answer) {
  const elsewhere = answer.redirected || answer.headers.has("HX-Redirect");
  if (!answer.ok || elsewhere) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.body.textContent.trim();
}

const drafts = new Map();

function draftOf(target) {
  const field = target.closest?.("textarea[data-draft]");
  if (!field?.form) return null;
  if (!drafts.has(field.form)) {
    drafts.set(field.form, new Draft(field.form, field.dataset.draft || "/carnet/brouillon"));
  }
  return drafts.get(field.form);
}

function flush() {
  return [...drafts.values()].filter((draft) => draft.form.isConnected).map((draft) => draft.send());
}

document.addEventListener("input", (event) => draftOf(event.target)?.touch());
document.addEventListener("submit", (event) => drafts.get(event.target)?.stop());
document.addEventListener("recul:leaving", (event) => event.detail.waits.push(...flush()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") flush();
});
addEventListener("online", flush);
