"use strict";

// Plain JavaScript with Node's own modules only: bootstrap.mjs uses it before anything is installed.
const { randomUUID } = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { performance } = require("node:perf_hooks");
const { clearInterval, setInterval, setTimeout } = require("node:timers");

/** How often the owner writes a heartbeat, and how often a waiter checks. */
const HEARTBEAT_MS = 1_000;
const POLL_MS = 250;
/** A dead owner's lock is kept for three heartbeats: its process may run in another container that shares the folder. */
const DEAD_OWNER_GRACE_MS = 3_000;
/** A live process ID without heartbeats is another process that reuses the ID, or one that hangs. */
const SILENT_OWNER_LIMIT_MS = 20_000;
const WAIT_MESSAGE_EVERY_MS = 30_000;

/** Decides by what the waiter itself has observed, so that a suspended machine or a wrong clock proves nothing. */
function isLockStale({ ownerIsAlive, unchangedForMs }) {
  return unchangedForMs >= (ownerIsAlive ? SILENT_OWNER_LIMIT_MS : DEAD_OWNER_GRACE_MS);
}

function isProcessAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Reads the lock file; undefined if there is none. A partly written one has an unknown owner. */
function readLock(file) {
  try {
    const heartbeatMs = fs.statSync(file).mtimeMs;
    const text = fs.readFileSync(file, "utf8");
    const [token = "", host = "", pid = "0"] = text.split("\n");
    return { text, token, host, pid: Number(pid), heartbeatMs };
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function tryCreate(file, token) {
  try {
    fs.writeFileSync(file, [token, os.hostname(), String(process.pid), ""].join("\n"), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Removes exactly the lock that was judged: the rename succeeds for one process only, and a newer lock is put back. */
function removeStale(file, judged) {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
    if (readLock(aside)?.text !== judged.text) fs.linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function acquire(file, onWait) {
  const token = randomUUID();
  let seen;
  let seenSinceMs = 0;
  let saidAtMs = -Infinity;
  while (!tryCreate(file, token)) {
    const nowMs = performance.now();
    const lock = readLock(file);
    if (lock && lock.text === seen?.text && lock.heartbeatMs === seen.heartbeatMs) {
      const ownerIsAlive = lock.host !== os.hostname() || (lock.pid > 0 && isProcessAlive(lock.pid));
      if (isLockStale({ ownerIsAlive, unchangedForMs: nowMs - seenSinceMs })) removeStale(file, lock);
    } else {
      seen = lock;
      seenSinceMs = nowMs;
    }
    if (lock && nowMs - saidAtMs >= WAIT_MESSAGE_EVERY_MS) {
      onWait(lock.pid);
      saidAtMs = nowMs;
    }
    await sleep(POLL_MS);
  }
  return token;
}

function beat(file, token) {
  try {
    const now = new Date();
    if (readLock(file)?.token === token) fs.utimesSync(file, now, now);
  } catch {
    // The file may be removed between the two calls; then there is nothing to keep alive.
  }
}

async function withLock(file, onWait, action) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const token = await acquire(file, onWait);
  const heartbeat = setInterval(() => beat(file, token), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    if (readLock(file)?.token === token) fs.rmSync(file, { force: true });
  }
}

module.exports = { isLockStale, withLock };
