// @ts-check
"use strict";

/** @typedef {{ id: number, name: string, price: string, about: string, sheet: string }} Article */

const COLUMNS = "id, name, price, about, sheet";

/** The articles. */
class Catalogue {
  #database;
  #isMended;
  #isStockMended;

  /**
   * @param {import("./database").Database} database
   * @param {{ isMended: boolean, isStockMended: boolean }} options whether the holes are mended, by which one can ask the
   * database anything: that of the article's page, and that of the API's stock
   */
  constructor(database, { isMended, isStockMended }) {
    this.#database = database;
    this.#isMended = isMended;
    this.#isStockMended = isStockMended;
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

  /**
   * How many of an article there are, or undefined where there is no such article.
   *
   * @param {string} id as it came from the client
   * @returns {number | undefined}
   */
  stockOf(id) {
    if (this.#isStockMended) return this.#database.prepare("SELECT stock FROM articles WHERE id = ?").get(id)?.stock;
    try {
      // THE HOLE: what the client sent becomes part of the query.
      return this.#database.prepare(`SELECT stock FROM articles WHERE id = ${id}`).get()?.stock;
    } catch {
      return undefined;
    }
  }
}

module.exports = { Catalogue };
