// @ts-check
"use strict";

/**
 * A small shop with holes that are there on purpose; each can be mended. It listens on 127.0.0.1 only. Never make it
 * reachable from outside.
 */
const { parseArgs } = require("node:util");
const { parseMended } = require("./shop/holes");

const USAGE = `node shop.js [options]
  --port PORT       the port on 127.0.0.1 (default 0: a free one)
  --mend HOLES      what is mended: xss, sql, path, csp, account, api with commas between them, all, or none (default)
  --proof-dir DIR   a folder whose files crashtest-*.html are served at the web root
  --help`;

/** @param {string} text */
function parsePort(text) {
  const port = Number(text);
  if (text !== "" && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new RangeError(`--port takes a number from 0 to 65535, not "${text}"`);
}

function main() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      mend: { type: "string", default: "none" },
      "proof-dir": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const port = parsePort(values.port);
  const mended = parseMended(values.mend);
  const { createShop } = require("./shop/server");
  const server = createShop({ mended, proofDir: values["proof-dir"] });
  server.once("error", (error) => {
    console.error(`The shop cannot listen on port ${port} of 127.0.0.1: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the shop has no port");
    console.log(`vulnerable-shop listening on http://127.0.0.1:${address.port}`);
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => process.exit(0));
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
