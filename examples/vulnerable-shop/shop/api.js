// @ts-check
"use strict";

/** @typedef {import("./routes").Answer} Answer */
/** @typedef {import("./routes").Shop} Shop */
/** @typedef {import("./routes").Visit} Visit */

/** @type {Answer} */
const NO_ARTICLE = { status: 404, json: { error: "There is no such article." } };

/** @param {Shop} shop @returns {Answer} */
const listArticles = ({ catalogue }) => ({
  status: 200,
  json: catalogue.all().map(({ id, name, price }) => ({ id, name, price })),
});

/** @param {Shop} shop @param {Visit} visit @returns {Answer} */
function findStock({ catalogue }, { json }) {
  const isObject = typeof json === "object" && json !== null && "article" in json;
  if (!isObject) return { status: 400, json: { error: "The body must be an object with an article." } };
  const stock = catalogue.stockOf(String(json.article));
  return stock === undefined ? NO_ARTICLE : { status: 200, json: { stock } };
}

module.exports = { findStock, listArticles };
