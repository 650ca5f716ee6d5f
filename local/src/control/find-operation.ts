import type { Api } from "../http/api";

/** Returns the `operationId` for a method and a path; undefined if the API has none. */
export type FindOperation = (method: string, path: string) => string | undefined;

export function operationFinder({ routes }: Pick<Api, "routes">): FindOperation {
  const patterns = Object.entries(routes).map(([operation, route]) => {
    const text = route.replace(/[.+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+");
    return { operation, pattern: new RegExp(`^${text}$`) };
  });
  return (method, path) => patterns.find(({ pattern }) => pattern.test(`${method} ${path}`))?.operation;
}
