import type { HttpMethod } from "../http/errors";

/** A route with its parameters filled in. */
export interface FilledRoute {
  method: HttpMethod;
  /** The path to send. */
  path: string;
  /** The path for messages: a secret parameter stays a placeholder. */
  shownPath: string;
}

/** Parameters that are secrets. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(["webhook"]);

/**
 * Fills in the placeholders of a route, such as `GET /projects/{projectId}`. Throws a TypeError where the caller gives no value
 * for one.
 */
export function fillTemplate(route: string, parameters: Readonly<Record<string, string | undefined>>): FilledRoute {
  const [method, template] = route.split(" ") as [HttpMethod, string];
  const fill = (shown: boolean): string =>
    template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = parameters[name];
      if (value === undefined) throw new TypeError(`${route} needs ${name}`);
      return shown && SECRET_PARAMETERS.has(name) ? placeholder : encodeURIComponent(value);
    });
  return { method, path: fill(false), shownPath: fill(true) };
}
