// @ts-check
"use strict";

const { createServer } = require("node:http");
const { Catalogue } = require("./catalogue");
const { formatPage, headersOf } = require("./page");
const { readProof } = require("./proof");
const { answer } = require("./routes");

/** @typedef {import("./holes").Hole} Hole */

const BASE = "http://shop.invalid";
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * The shop as a server that does not listen yet.
 *
 * It answers no request that names another host: otherwise any page on the web, by a name that leads to 127.0.0.1, could
 * use the holes through a visitor's browser.
 *
 * @param {{ mended: ReadonlySet<Hole>, proofDir?: string | undefined }} options
 */
function createShop({ mended, proofDir }) {
  const shop = { mended, catalogue: new Catalogue({ isMended: mended.has("sql") }) };
  return createServer((request, response) => {
    /** @type {(status: number, type: "html" | "plain", text: string) => void} */
    const send = (status, type, text) => {
      response.writeHead(status, { ...headersOf(mended), "Content-Type": `text/${type}; charset=utf-8` });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (!OWN_HOST.test(request.headers.host ?? ""))
      return send(421, "plain", "This shop answers on this machine only.\n");
    try {
      const asked = request.url ?? "/";
      const url = URL.canParse(asked, BASE) ? new URL(asked, BASE) : new URL("/none", BASE);
      const proof = readProof(proofDir, url.pathname);
      if (proof !== undefined) return send(200, "html", proof);
      const answered = answer(shop, url);
      if ("text" in answered) send(answered.status, "plain", answered.text);
      else send(answered.status, "html", formatPage({ title: answered.title, body: answered.body, mended }));
    } catch (error) {
      console.error(error);
      send(500, "plain", "The shop could not answer that.\n");
    }
  });
}

module.exports = { createShop };
