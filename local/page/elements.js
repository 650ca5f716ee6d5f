// @ts-check
import { plain } from "./plain-text.js";

/** @typedef {string | Node | null} Child */

/**
 * Creates an element. Strings among the children become text, never markup, with invisible characters made visible.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {Child[]} children null is omitted
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, plain(value));
  for (const child of children) {
    if (child !== null) made.append(typeof child === "string" ? plain(child) : child);
  }
  return made;
}

/**
 * Sets the text of an element if it differs: screen readers would read out an unchanged text again.
 * @param {Element} of
 * @param {string} text
 */
export function setText(of, text) {
  const shown = plain(text);
  if (of.textContent !== shown) of.textContent = shown;
}

/**
 * Makes the nodes the children of `parent`, in this order. Nodes already in place are not moved, which would take the
 * focus from them.
 * @param {Element} parent
 * @param {readonly Element[]} nodes
 */
export function setChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    const present = parent.children.item(index);
    if (present !== node) parent.insertBefore(node, present);
  });
}

/**
 * Returns the element of the page with this ID.
 * @template {HTMLElement} Type
 * @param {string} id
 * @param {new () => Type} type
 * @returns {Type}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the ID ${id}.`);
  return found;
}
