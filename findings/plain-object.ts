/**
 * Whether an object is what `{}` writes, of this realm or another. Anything else, such as a `Map` or a `URL`, holds what its
 * own properties do not show, so that a look at these takes it for empty.
 */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
