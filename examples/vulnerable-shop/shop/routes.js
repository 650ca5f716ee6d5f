// @ts-check
"use strict";

const { logIn, logOut, showAccount, showLogin } = require("./account");
const { findStock, listArticles } = require("./api");
const { escapeHtml, formatCards } = require("./page");
const { readSheet } = require("./sheets");

/** @typedef {import("./holes").Hole} Hole */
/**
 * A page, its body to be put into the frame of the shop; a whole page; a plain text; JSON; or another place.
 * @typedef {{ status: number, title: string, body: string } | { status: number, html: string }
 *   | { status: number, text: string } | { status: number, json: unknown } | { status: number, location: string, cookie?: string }} Answer
 */
/**
 * @typedef {{
 *   catalogue: import("./catalogue").Catalogue,
 *   orders: import("./orders").Orders,
 *   sessions: import("./sessions").Sessions,
 *   mended: ReadonlySet<Hole>,
 * }} Shop
 */
/**
 * What a visitor sends: the address's parameters, the header with cookies, and the body, as a form and as JSON.
 * @typedef {{ asked: URLSearchParams, cookies: string, fields: URLSearchParams, json: unknown }} Visit
 */

/** @param {string} what @returns {Answer} */
const notFound = (what) => ({ status: 404, title: "Not found", body: `<h2>There is no such ${what}</h2>` });

/** @param {Shop} shop @returns {Answer} */
const home = ({ catalogue }) => ({
  status: 200,
  title: "Welcome",
  body: `<h2>All articles</h2>${formatCards(catalogue.all())}<p><a href="/search?q=tea">Things for tea</a></p>`,
});

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function search({ catalogue, mended }, { asked }) {
  const query = asked.get("q") ?? "";
  // THE HOLE: what the visitor searched for becomes part of the page as it came.
  const shown = mended.has("xss") ? escapeHtml(query) : query;
  const hits = catalogue.search(query);
  const body = `<h2>Results for ${shown}</h2>${hits.length > 0 ? formatCards(hits) : "<p>Nothing found.</p>"}`;
  return { status: 200, title: "Search", body };
}

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function article({ catalogue }, { asked }) {
  const found = catalogue.find(asked.get("id") ?? "");
  if (found === undefined) return notFound("article");
  const { name, price, about, sheet } = found;
  const link = `<a href="/sheet?name=${encodeURIComponent(sheet)}">Sheet of this article</a>`;
  const body = `<h2>${escapeHtml(name)}</h2><p>${escapeHtml(about)}</p><p class="price">${escapeHtml(price)}</p><p>${link}</p>`;
  return { status: 200, title: name, body };
}

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function sheet({ mended }, { asked }) {
  const text = readSheet(asked.get("name") ?? "", { isMended: mended.has("path") });
  return text === undefined ? notFound("sheet") : { status: 200, text };
}

/** @type {Readonly<Record<string, (shop: Shop, visit: Visit) => Answer>>} */
const ROUTES = {
  "GET /": home,
  "GET /search": search,
  "GET /article": article,
  "GET /sheet": sheet,
  "GET /login": showLogin,
  "POST /login": logIn,
  "GET /logout": logOut,
  "GET /account": showAccount,
  "GET /api/articles": listArticles,
  "POST /api/stock": findStock,
};

/**
 * What the shop answers.
 *
 * @param {Shop} shop
 * @param {string} route the method and the path
 * @param {Visit} visit
 * @returns {Answer}
 */
function answer(shop, route, visit) {
  const handle = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
  return handle === undefined ? notFound("page") : handle(shop, visit);
}

module.exports = { answer, ROUTES };
