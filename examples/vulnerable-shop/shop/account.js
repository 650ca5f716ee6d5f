// @ts-check
"use strict";

const { escapeHtml } = require("./page");

/** @typedef {import("./routes").Answer} Answer */
/** @typedef {import("./routes").Shop} Shop */
/** @typedef {import("./routes").Visit} Visit */

const YEARS = ["2026", "2025"];

/** @param {string} path @param {string} [cookie] @returns {Answer} */
const seeOther = (path, cookie) => ({ status: 303, location: path, ...(cookie === undefined ? {} : { cookie }) });

/** @param {Shop} shop @param {{ status: number, message: string }} why @returns {Answer} */
const loginForm = ({ sessions }, { status, message }) => ({
  status,
  title: "Log in",
  body: `<h2>Log in</h2>${message === "" ? "" : `<p>${message}</p>`}<form action="/login" method="post">
<input type="hidden" name="csrf_token" value="${sessions.token}">
<p><label>Name <input name="username" autocomplete="username"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
<p><button>Log in</button></p></form>`,
});

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function showLogin(shop, { cookies }) {
  if (shop.sessions.userOf(cookies) !== undefined) return seeOther("/account");
  return loginForm(shop, { status: 200, message: "" });
}

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function logIn(shop, { fields }) {
  if (fields.get("csrf_token") !== shop.sessions.token)
    return loginForm(shop, { status: 400, message: "This form has expired." });
  const cookie = shop.sessions.logIn(fields.get("username") ?? "", fields.get("password") ?? "");
  if (cookie === undefined) return loginForm(shop, { status: 403, message: "Name or password is wrong." });
  return seeOther("/account", cookie);
}

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function logOut({ sessions }, { cookies }) {
  sessions.logOut(cookies);
  return seeOther("/");
}

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function showAccount({ sessions, orders }, { asked, cookies }) {
  const user = sessions.userOf(cookies);
  if (user === undefined) return seeOther("/login");
  const year = asked.get("year") ?? YEARS[0] ?? "";
  const rows = orders.of(user, year).map(({ id, article }) => `<li>Order ${id}: ${escapeHtml(article)}</li>`);
  const years = YEARS.map((each) => `<a href="/account?year=${each}">${each}</a>`).join(" ");
  const body = `<h2>Your account</h2><p>You are logged in as ${escapeHtml(user)}. <a href="/logout">Log out</a></p>
<h3>Your orders</h3><p>${years}</p>${rows.length > 0 ? `<ul>${rows.join("")}</ul>` : "<p>No orders.</p>"}`;
  return { status: 200, title: "Your account", body };
}

module.exports = { logIn, logOut, showAccount, showLogin };
