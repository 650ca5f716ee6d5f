// @ts-check
"use strict";

const ARTICLES = [
  ["Red kettle", "24.00", "Boils a litre of water in three minutes.", "red-kettle.txt", 12],
  ["Blue teapot", "31.50", "Keeps tea warm for an hour.", "blue-teapot.txt", 0],
  ["Green cup", "7.90", "Holds a quarter of a litre.", "green-cup.txt", 48],
  ["Oak tray", "18.00", "Carries a pot and four cups.", "oak-tray.txt", 5],
];
const ORDERS = [
  ["test-user", 2025, "Red kettle"],
  ["test-user", 2026, "Green cup"],
  ["test-user", 2026, "Oak tray"],
  ["another-customer", 2026, "Blue teapot"],
];

/**
 * The columns of a row are what its query says.
 * @typedef {{ all: (...values: any[]) => any[], get: (...values: any[]) => any, run: (...values: any[]) => unknown }} Query
 * @typedef {{ exec: (text: string) => unknown, prepare: (text: string) => Query }} Database
 */

/**
 * Creates the shop's database, in SQLite, in the process's own memory: whoever gets into it changes no file.
 *
 * @returns {Database}
 */
function createDatabase() {
  // Here and not above, so that `--help` works where nothing is installed.
  const Database = require("libsql");
  const database = new Database(":memory:");
  database.exec(
    `CREATE TABLE articles (id INTEGER PRIMARY KEY, name TEXT, price TEXT, about TEXT, sheet TEXT, stock INTEGER);
     CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, year INTEGER, article TEXT)`,
  );
  const article = database.prepare("INSERT INTO articles (name, price, about, sheet, stock) VALUES (?, ?, ?, ?, ?)");
  for (const values of ARTICLES) article.run(...values);
  const order = database.prepare("INSERT INTO orders (customer, year, article) VALUES (?, ?, ?)");
  for (const values of ORDERS) order.run(...values);
  // The text of a query can no longer write, whatever stands in it.
  database.exec("PRAGMA query_only = 1");
  return database;
}

module.exports = { createDatabase };
