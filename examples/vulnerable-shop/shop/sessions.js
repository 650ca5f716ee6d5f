// @ts-check
"use strict";

const { randomBytes } = require("node:crypto");

/** The one account of the shop. It exists in each shop that is started, and has orders of its own. */
const TEST_USER = { username: "test-user", password: "teapots-for-tests" };
const COOKIE = "shop_session";
/** No visitor fills the memory with sessions: the oldest ends first. */
const MAX_SESSIONS = 100;

/** Who is logged in, by a cookie. */
class Sessions {
  /**
   * What the form of the login sends along. The same for all visitors, who have no session before the login; a new one on
   * each page would be another form to a crawler, and another, without end.
   */
  token = randomBytes(16).toString("hex");
  /** @type {Map<string, string>} user names by session */
  #users = new Map();

  /**
   * Begins a session.
   *
   * @param {string} username
   * @param {string} password
   * @returns {string | undefined} the header that sets the cookie; undefined where name and password are not right
   */
  logIn(username, password) {
    if (username !== TEST_USER.username || password !== TEST_USER.password) return undefined;
    const id = randomBytes(16).toString("hex");
    this.#users.set(id, username);
    const [oldest] = this.#users.keys();
    if (this.#users.size > MAX_SESSIONS && oldest !== undefined) this.#users.delete(oldest);
    return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`;
  }

  /** @param {string} cookies the header of a request @returns {string | undefined} the name of the user who is logged in */
  userOf(cookies) {
    return this.#users.get(idIn(cookies));
  }

  /** @param {string} cookies the header of a request */
  logOut(cookies) {
    this.#users.delete(idIn(cookies));
  }
}

/** @param {string} cookies */
const idIn = (cookies) => new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{32})(?:;|$)`).exec(cookies)?.[1] ?? "";

module.exports = { Sessions, TEST_USER };
