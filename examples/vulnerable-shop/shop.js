// @ts-check
"use strict";

/**
 * A tiny shop with a hole that is there on purpose: the search page puts what was searched for into its HTML as it
 * came. It listens on 127.0.0.1 only. Never make it reachable from outside.
 */
const { createServer } = require("node:http");
const { parseArgs } = require("node:util");

const ARTICLES = [
  { name: "Red kettle", price: "24.00", about: "Boils a litre of water in three minutes." },
  { name: "Blue teapot", price: "31.50", about: "Keeps tea warm for an hour." },
  { name: "Green cup", price: "7.90", about: "Holds a quarter of a litre." },
  { name: "Oak tray", price: "18.00", about: "Carries a pot and four cups." },
];

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};
/** Allows the inline style of the page, no script at all. */
const MENDED_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'none'; object-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222}" +
  "header{border-bottom:3px solid #b33;display:flex;justify-content:space-between;align-items:center}" +
  "a{color:#b33}ul{list-style:none;padding:0}li{padding:.75rem 0;border-bottom:1px solid #ddd}b{float:right}" +
  "input,button{font:inherit;padding:.3rem .6rem}.note{background:#fff3d6;padding:.5rem 1rem}";

/** @param {{ title: string, body: string, isMended: boolean }} page */
const page = ({ title, body, isMended }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} - Teapots and more</title><style>${STYLE}</style></head>
<body><header><h1><a href="/">Teapots and more</a></h1>
<form action="/search" method="get"><input name="q" aria-label="Search" placeholder="kettle"> <button>Search</button></form></header>
<p class="note">A shop for tests, ${isMended ? "with its hole mended" : "with a hole in its search page"}. Nothing here is for sale.</p>
${body}</body></html>`;

/** @param {typeof ARTICLES} articles */
const list = (articles) =>
  `<ul>${articles
    .map(
      ({ name, price, about }) =>
        `<li><b>${price}</b><a href="/article?id=${ARTICLES.findIndex((a) => a.name === name)}">${name}</a><br>${about}</li>`,
    )
    .join("")}</ul>`;

/**
 * @param {URL} url
 * @param {boolean} isMended
 */
function answer(url, isMended) {
  if (url.pathname === "/") {
    return {
      status: 200,
      title: "Welcome",
      body: `<h2>All articles</h2>${list(ARTICLES)}<a href="/search?q=tea">Things for tea</a>`,
    };
  }
  if (url.pathname === "/search") {
    const query = url.searchParams.get("q") ?? "";
    const shown = isMended ? escapeHtml(query) : query;
    const hits = ARTICLES.filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(query.toLowerCase()));
    return {
      status: 200,
      title: "Search",
      body: `<h2>Results for ${shown}</h2>${hits.length > 0 ? list(hits) : "<p>Nothing found.</p>"}`,
    };
  }
  const article = url.pathname === "/article" ? ARTICLES[Number(url.searchParams.get("id") ?? -1)] : undefined;
  if (article !== undefined) {
    return {
      status: 200,
      title: article.name,
      body: `<h2>${article.name}</h2><p>${article.about}</p><p>Price: ${article.price}</p>`,
    };
  }
  return { status: 404, title: "Not found", body: "<h2>There is no such page</h2>" };
}

/** @param {boolean} isMended */
const createShop = (isMended) =>
  createServer((request, response) => {
    const base = "http://shop.invalid";
    const url = URL.canParse(request.url ?? "/", base) ? new URL(request.url ?? "/", base) : new URL("/none", base);
    const { status, title, body } = answer(url, isMended);
    response.writeHead(status, isMended ? { ...HEADERS, ...MENDED_HEADERS } : HEADERS);
    response.end(request.method === "HEAD" ? undefined : page({ title, body, isMended }));
  });

function main() {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "0" }, mended: { type: "boolean", default: false } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new RangeError(`--port takes a number from 0 to 65535, not "${values.port}"`);
  const server = createShop(values.mended === true);
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the shop has no port");
    console.log(`vulnerable-shop listening on http://127.0.0.1:${address.port}`);
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => process.exit(0));
}

main();
