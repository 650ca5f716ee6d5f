// @ts-check
"use strict";

const { MEANINGS, holesLeft } = require("./holes");

/** @typedef {import("./holes").Hole} Hole */
/** @typedef {import("./catalogue").Article} Article */

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE = `
:root{color-scheme:light dark;--ink:#2a2320;--soft:#6b5f58;--line:#e3dad2;--paper:#fffdf9;--card:#fff;--red:#a8321f}
@media(prefers-color-scheme:dark){:root{--ink:#efe6df;--soft:#b3a69d;--line:#463c36;--paper:#1f1a17;--card:#29221e;--red:#ff8a73}}
*{box-sizing:border-box}
body{font:16px/1.55 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1.5rem 1rem 3rem;color:var(--ink);background:var(--paper)}
header{display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;align-items:center;padding-bottom:.5rem;border-bottom:3px solid var(--red)}
h1{font-size:1.6rem;margin:.5rem 0}a{color:var(--red)}h1 a{color:inherit;text-decoration:none}
input,button{font:inherit;padding:.4rem .7rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--card);color:inherit}
button{background:var(--red);border-color:var(--red);color:var(--paper);cursor:pointer}
.note{border-left:4px solid var(--red);background:var(--card);padding:.6rem 1rem;color:var(--soft)}
.cards{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr))}
.cards li{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem}
.cards h3{margin:0 0 .3rem}.price{font-weight:700}.soft{color:var(--soft)}`;

/** Allows the inline style of the page, and no script at all. */
const POLICY =
  "default-src 'none'; script-src 'none'; object-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The headers of every answer.
 *
 * @param {ReadonlySet<Hole>} mended
 * @returns {Record<string, string>}
 */
const headersOf = (mended) => ({
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  ...(mended.has("csp") ? { "Content-Security-Policy": POLICY } : {}),
});

/** @param {ReadonlySet<Hole>} mended */
function note(mended) {
  const left = holesLeft(mended).map((hole) => MEANINGS[hole]);
  return `A shop for tests, ${left.length === 0 ? "with all of its holes mended" : `with holes: ${left.join(", ")}`}. Nothing here is for sale.`;
}

/**
 * A whole page.
 *
 * @param {{ title: string, body: string, mended: ReadonlySet<Hole> }} page
 */
const formatPage = ({ title, body, mended }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Teapots and more</title><style>${STYLE}</style></head>
<body><header><h1><a href="/">Teapots and more</a></h1>
<form action="/search" method="get"><input name="q" aria-label="Search" placeholder="kettle"> <button>Search</button></form>
<a href="/account">Your account</a></header>
<p class="note">${note(mended)}</p>
<main>${body}</main></body></html>`;

/** @param {readonly Article[]} articles */
const formatCards = (articles) =>
  `<ul class="cards">${articles
    .map(
      ({ id, name, price, about }) =>
        `<li><h3><a href="/article?id=${id}">${escapeHtml(name)}</a></h3><p class="soft">${escapeHtml(about)}</p><span class="price">${escapeHtml(price)}</span></li>`,
    )
    .join("")}</ul>`;

module.exports = { escapeHtml, formatCards, formatPage, headersOf };
