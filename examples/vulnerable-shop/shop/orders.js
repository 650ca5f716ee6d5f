// @ts-check
"use strict";

/** @typedef {{ id: number, year: number, article: string }} Order */

/** The orders of all customers. */
class Orders {
  #database;
  #isMended;

  /**
   * @param {import("./database").Database} database
   * @param {{ isMended: boolean }} options whether the hole is mended, by which a customer sees the orders of others
   */
  constructor(database, { isMended }) {
    this.#database = database;
    this.#isMended = isMended;
  }

  /**
   * The orders of a customer in a year.
   *
   * @param {string} customer
   * @param {string} year as it came from the visitor
   * @returns {Order[]}
   */
  of(customer, year) {
    const query = "SELECT id, year, article FROM orders WHERE customer = ? AND year =";
    if (this.#isMended) return this.#database.prepare(`${query} ? ORDER BY id`).all(customer, year);
    try {
      // THE HOLE: what the visitor sent becomes part of the query.
      return this.#database.prepare(`${query} ${year}`).all(customer);
    } catch {
      return [];
    }
  }
}

module.exports = { Orders };
