// @ts-check
"use strict";

const { Buffer } = require("node:buffer");
const { URLSearchParams } = require("node:url");

/** More than any form or call of the shop has; no visitor fills the memory. */
const MAX_BODY_BYTES = 65_536;

/**
 * Reads what a visitor sends.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {URL} url
 * @returns {Promise<import("./routes").Visit | undefined>} undefined where the body is too large
 */
async function readVisit(request, url) {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers["content-type"] ?? "");
  return {
    asked: url.searchParams,
    cookies: request.headers.cookie ?? "",
    fields: new URLSearchParams(isForm ? text : ""),
    json: isForm ? undefined : parseJson(text),
  };
}

/** @param {string} text @returns {unknown} undefined where it is no JSON */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

module.exports = { readVisit };
