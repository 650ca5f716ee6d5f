// @ts-check
"use strict";

const { createServer } = require("node:http");
const { Catalogue } = require("./catalogue");
const { createDatabase } = require("./database");
const { Orders } = require("./orders");
const { formatPage, headersOf } = require("./page");
const { readProof } = require("./proof");
const { answer } = require("./routes");
const { Sessions } = require("./sessions");
const { readVisit } = require("./visit");

/** @typedef {import("./holes").Hole} Hole */
/** @typedef {import("./routes").Answer} Answer */

const BASE = "http://shop.invalid";
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/** @param {ReadonlySet<Hole>} mended @returns {import("./routes").Shop} */
function openShop(mended) {
  const database = createDatabase();
  return {
    mended,
    catalogue: new Catalogue(database, { isMended: mended.has("sql"), isStockMended: mended.has("api") }),
    orders: new Orders(database, { isMended: mended.has("account") }),
    sessions: new Sessions(),
  };
}

/**
 * @param {import("./routes").Shop} shop
 * @param {string | undefined} proofDir
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<Answer>}
 */
async function answerTo(shop, proofDir, request) {
  if (!OWN_HOST.test(request.headers.host ?? ""))
    return { status: 421, text: "This shop answers on this machine only.\n" };
  const asked = request.url ?? "/";
  const url = URL.canParse(asked, BASE) ? new URL(asked, BASE) : new URL("/none", BASE);
  const proof = readProof(proofDir, url.pathname);
  if (proof !== undefined) return { status: 200, html: proof };
  const visit = await readVisit(request, url);
  if (visit === undefined) return { status: 413, text: "That is too much.\n" };
  const method = request.method === "HEAD" ? "GET" : request.method;
  return answer(shop, `${method} ${url.pathname}`, visit);
}

/** @param {Answer} answered @param {ReadonlySet<Hole>} mended @returns {{ headers: Record<string, string>, text: string }} */
function format(answered, mended) {
  /** @param {string} type @param {string} text */
  const withType = (type, text) => ({ headers: { "Content-Type": `${type}; charset=utf-8` }, text });
  if ("text" in answered) return withType("text/plain", answered.text);
  if ("html" in answered) return withType("text/html", answered.html);
  if ("json" in answered) return withType("application/json", JSON.stringify(answered.json));
  if ("title" in answered) return withType("text/html", formatPage({ ...answered, mended }));
  const { location, cookie } = answered;
  return { headers: { Location: location, ...(cookie === undefined ? {} : { "Set-Cookie": cookie }) }, text: "" };
}

/**
 * The shop as a server that does not listen yet.
 *
 * It answers no request that names another host: otherwise any page on the web, by a name that leads to 127.0.0.1, could
 * use the holes through a visitor's browser.
 *
 * @param {{ mended: ReadonlySet<Hole>, proofDir?: string | undefined }} options
 */
function createShop({ mended, proofDir }) {
  const shop = openShop(mended);
  return createServer((request, response) => {
    /** @param {Answer} answered */
    const send = (answered) => {
      const { headers, text } = format(answered, mended);
      response.writeHead(answered.status, { ...headersOf(mended), ...headers });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    answerTo(shop, proofDir, request)
      .then(send)
      .catch((error) => {
        console.error(error);
        if (!response.headersSent) send({ status: 500, text: "The shop could not answer that.\n" });
      });
  });
}

module.exports = { createShop };
