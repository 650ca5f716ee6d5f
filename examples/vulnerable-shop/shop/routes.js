// @ts-check
"use strict";

const { escapeHtml, formatCards } = require("./page");
const { readSheet } = require("./sheets");

/** @typedef {import("./holes").Hole} Hole */
/** @typedef {{ status: number, title: string, body: string } | { status: number, text: string }} Answer a page, or a plain text */
/** @typedef {{ catalogue: import("./catalogue").Catalogue, mended: ReadonlySet<Hole> }} Shop */

/** @param {string} what @returns {Answer} */
const notFound = (what) => ({ status: 404, title: "Not found", body: `<h2>There is no such ${what}</h2>` });

/** @param {Shop} shop @returns {Answer} */
const home = ({ catalogue }) => ({
  status: 200,
  title: "Welcome",
  body: `<h2>All articles</h2>${formatCards(catalogue.all())}<p><a href="/search?q=tea">Things for tea</a></p>`,
});

/** @param {Shop} shop @param {URLSearchParams} asked @returns {Answer} */
function search({ catalogue, mended }, asked) {
  const query = asked.get("q") ?? "";
  // THE HOLE: what the visitor searched for becomes part of the page as it came.
  const shown = mended.has("xss") ? escapeHtml(query) : query;
  const hits = catalogue.search(query);
  const body = `<h2>Results for ${shown}</h2>${hits.length > 0 ? formatCards(hits) : "<p>Nothing found.</p>"}`;
  return { status: 200, title: "Search", body };
}

/** @param {Shop} shop @param {URLSearchParams} asked @returns {Answer} */
function article({ catalogue }, asked) {
  const found = catalogue.find(asked.get("id") ?? "");
  if (found === undefined) return notFound("article");
  const { name, price, about, sheet } = found;
  const link = `<a href="/sheet?name=${encodeURIComponent(sheet)}">Sheet of this article</a>`;
  const body = `<h2>${escapeHtml(name)}</h2><p>${escapeHtml(about)}</p><p class="price">${escapeHtml(price)}</p><p>${link}</p>`;
  return { status: 200, title: name, body };
}

/** @param {Shop} shop @param {URLSearchParams} asked @returns {Answer} */
function sheet({ mended }, asked) {
  const text = readSheet(asked.get("name") ?? "", { isMended: mended.has("path") });
  return text === undefined ? notFound("sheet") : { status: 200, text };
}

/** @type {Readonly<Record<string, (shop: Shop, asked: URLSearchParams) => Answer>>} */
const ROUTES = { "/": home, "/search": search, "/article": article, "/sheet": sheet };

/**
 * What the shop answers at an address.
 *
 * @param {Shop} shop
 * @param {URL} url
 * @returns {Answer}
 */
function answer(shop, url) {
  const route = Object.hasOwn(ROUTES, url.pathname) ? ROUTES[url.pathname] : undefined;
  return route === undefined ? notFound("page") : route(shop, url.searchParams);
}

module.exports = { answer };
