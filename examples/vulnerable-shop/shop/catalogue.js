// @ts-check
"use strict";

/** @typedef {{ id: number, name: string, price: string, about: string, sheet: string }} Article */

const ARTICLES = [
  ["Red kettle", "24.00", "Boils a litre of water in three minutes.", "red-kettle.txt"],
  ["Blue teapot", "31.50", "Keeps tea warm for an hour.", "blue-teapot.txt"],
  ["Green cup", "7.90", "Holds a quarter of a litre.", "green-cup.txt"],
  ["Oak tray", "18.00", "Carries a pot and four cups.", "oak-tray.txt"],
];
const COLUMNS = "id, name, price, about, sheet";

/** The articles, in an SQLite database of the process's own memory: whoever gets into it changes no file. */
class Catalogue {
  #database;
  #isMended;

  /** @param {{ isMended: boolean }} options whether the hole is mended, by which one can ask the database anything */
  constructor({ isMended }) {
    // Here and not above, so that `--help` works where nothing is installed.
    const Database = require("libsql");
    this.#database = new Database(":memory:");
    this.#isMended = isMended;
    this.#database.exec(
      "CREATE TABLE articles (id INTEGER PRIMARY KEY, name TEXT, price TEXT, about TEXT, sheet TEXT)",
    );
    const insert = this.#database.prepare("INSERT INTO articles (name, price, about, sheet) VALUES (?, ?, ?, ?)");
    for (const article of ARTICLES) insert.run(...article);
    // The text of a query can no longer write, whatever stands in it.
    this.#database.exec("PRAGMA query_only = 1");
  }

  /** @returns {Article[]} */
  all() {
    return this.#database.prepare(`SELECT ${COLUMNS} FROM articles ORDER BY id`).all();
  }

  /**
   * Articles with a word in their name or text, in upper or lower case.
   *
   * @param {string} word
   * @returns {Article[]}
   */
  search(word) {
    const query = `SELECT ${COLUMNS} FROM articles WHERE instr(lower(name || ' ' || about), lower(?)) > 0 ORDER BY id`;
    return this.#database.prepare(query).all(word);
  }

  /**
   * One article, or undefined where there is none.
   *
   * @param {string} id as it came from the visitor
   * @returns {Article | undefined}
   */
  find(id) {
    if (this.#isMended) return this.#database.prepare(`SELECT ${COLUMNS} FROM articles WHERE id = ?`).get(id);
    try {
      // THE HOLE: what the visitor sent becomes part of the query.
      return this.#database.prepare(`SELECT ${COLUMNS} FROM articles WHERE id = ${id}`).get();
    } catch {
      return undefined;
    }
  }

  close() {
    this.#database.close();
  }
}

module.exports = { Catalogue };
