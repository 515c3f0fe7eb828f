// Everything here only helps: each page works without it. Each module minds one thing, finds
// what it needs by data- attributes, and takes its words from the page.
import "./double-submit.js";
import "./steady.js";
import "./quick-exit.js";
import "./idle-lock.js";
import "./draft.js";
import "./scale.js";
import "./focus.js";
import "./network.js";
import "./reveal.js";
