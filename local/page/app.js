// @ts-check
import { announcementOf } from "./announcements.js";
import { stateAfter } from "./board-state.js";
import { byId, setText } from "./elements.js";
import { startFeed } from "./feed.js";
import { createLinkView } from "./link-view.js";
import { createProjectsView } from "./projects-view.js";
import { counted, isUnderway } from "./scan-words.js";
import { forgetKey, rememberedKey, rememberKey } from "./session.js";
import { createSignInView, problemOf } from "./sign-in-view.js";

/** @typedef {import("./board-state.js").BoardState} BoardState */
/** @typedef {import("../src/page/views").BoardEvent} BoardEvent */
/** @typedef {import("./feed.js").Link} Link */

const TITLE = document.title;
const TICK_MS = 1000;
/** A hidden tab closes its stream after this time: browsers allow few connections to one service. */
const HIDDEN_MS = 10_000;

const session = byId("session", HTMLElement);
const board = byId("board", HTMLElement);
const boardTitle = byId("board-title", HTMLElement);
const announcer = byId("announcer", HTMLElement);
const link = createLinkView();

let key = "";
/** @type {BoardState | undefined} */
let state;
/** @type {{ retry: () => void, stop: () => void } | undefined} */
let feed;

const signIn = createSignInView(enter);
const projects = createProjectsView(() => key, byId("projects", HTMLElement));

/** @param {string} typed */
function enter(typed) {
  key = typed;
  follow();
}

function follow() {
  feed?.stop();
  feed = startFeed({
    key,
    onEvent,
    onLink,
    onRefused: (slug) => {
      leave(problemOf(slug));
    },
  });
}

/** @param {BoardEvent} event */
function onEvent(event) {
  const before = state;
  state = stateAfter(before, event, Date.now());
  if (before === undefined) showBoard();
  projects.update(state);
  tick();
  setText(byId("user", HTMLElement), event.user.name);
  const underway = state.projects.flatMap(({ scans }) => scans).filter(isUnderway).length;
  byId("board-note", HTMLElement).hidden = event.scanner.touchesTargets;
  setText(byId("board-summary", HTMLElement), summaryOf(state, underway));
  document.title = underway === 0 ? TITLE : `(${String(underway)}) ${TITLE}`;
  if (before !== undefined) {
    const announcement = announcementOf(before.projects, state.projects);
    if (announcement !== "") setText(announcer, announcement);
    // The focused element may be gone with its project.
    if (document.activeElement === document.body && before.projects.length > state.projects.length) boardTitle.focus();
  }
}

/**
 * @param {BoardState} of
 * @param {number} underway
 */
function summaryOf({ projects: all }, underway) {
  if (all.length === 0) return "";
  return `${counted(all.length, "project")}, ${underway === 0 ? "no scan" : counted(underway, "scan")} under way`;
}

function showBoard() {
  const isTyped = rememberedKey() !== key;
  rememberKey(key);
  signIn.hide();
  session.hidden = false;
  board.hidden = false;
  if (isTyped) boardTitle.focus();
}

/** @param {Link} now */
function onLink(now) {
  link.update(now);
  // Before the first event there is nothing to show, so the form says what is wrong.
  if (now.state === "away" && state === undefined && rememberedKey() === undefined) leave(now.reason);
}

/** Forgets the key and everything that was shown. @param {string} problem */
function leave(problem) {
  feed?.stop();
  feed = undefined;
  forgetKey();
  key = "";
  state = undefined;
  projects.clear();
  session.hidden = true;
  board.hidden = true;
  setText(announcer, "");
  setText(byId("user", HTMLElement), "");
  document.title = TITLE;
  signIn.show(problem);
}

function tick() {
  if (state !== undefined) projects.tick(Date.now() + state.clockAheadMs);
  link.tick();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => {
      feed?.stop();
      feed = undefined;
    }, HIDDEN_MS);
  } else if (key !== "" && feed === undefined) follow();
});
window.addEventListener("online", () => feed?.retry());
byId("retry", HTMLButtonElement).addEventListener("click", () => feed?.retry());
byId("sign-out", HTMLButtonElement).addEventListener("click", () => {
  leave("");
});
setInterval(tick, TICK_MS);

const remembered = rememberedKey();
if (remembered === undefined) signIn.show("");
else {
  session.hidden = false;
  board.hidden = false;
  enter(remembered);
}
