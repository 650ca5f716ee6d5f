import { definedFields, fieldOf, isJsonObject, type JsonObject } from "./json-fields";

/** Where a finding was made, without the payload. What the report does not say is absent; nothing is guessed. */
export interface FindingLocation {
  /** The address with its scheme, `http` or `https`, as the scanner wrote it. */
  readonly url?: string;
  /** Host, with the port if written. It may be known without a URL, since some texts omit the scheme. */
  readonly host?: string;
  /** The path as written, without query and fragment; `/` if the address has none. */
  readonly path?: string;
  /** The HTTP method in upper case. */
  readonly method?: string;
  /** The name of the parameter, field or the like that was tried. */
  readonly parameter?: string;
}

/**
 * Returns the location in `details.request`, if the scanner set at least one of `method`, `url` and `parameter` there, otherwise
 * the one in the finding's text. The two are never mixed, since they might describe different requests.
 */
export function locationOf(finding: JsonObject, information: string): FindingLocation {
  const details = fieldOf(finding, "details");
  const request = isJsonObject(details) ? fieldOf(details, "request") : undefined;
  const given = isJsonObject(request) ? locationFrom(request) : {};
  return Object.keys(given).length > 0 ? given : locationInText(information);
}

const METHOD = String.raw`(?<method>[A-Za-z]+)`;
const BARE_URL = String.raw`(?<url>https?:\/\/\S+)`;
const QUOTED_PARAMETER = String.raw`(?:(?<method>[A-Z]+) )?parameter '(?<parameter>[^']+)'`;

/** Scanners' sentences that name a place; each is matched up to that place, so that no payload is read. */
const SENTENCES: readonly RegExp[] = [
  new RegExp(`^Found [^"]+ in parameter "(?<parameter>[^"]+)" with method "${METHOD}" for URL "(?<url>[^"\\s]+)"`),
  new RegExp(`^Found [^"]+ for method "${METHOD}" with parameter "(?<parameter>[^"]+)" on "(?<url>[^"\\s]+)"`),
  new RegExp(`^Found [^"]+ with method "${METHOD}" for parameter "(?<parameter>[^"]+)" on "(?<url>[^"\\s]+)"`),
  new RegExp(`^Found [^"']+? for parameter (?<parameter>\\S+) \\(${METHOD}\\) on ${BARE_URL}(?= with payload |$)`),
  new RegExp(`^Found [^'"]+ on site (?<url>\\S+)\\. The ${QUOTED_PARAMETER} `),
  /^Found [^'"]+ in the (?<parameter>[A-Za-z-]+) on site '(?<url>[^'\s]+)'/,
  new RegExp(`^Found [^'"]+ in ${QUOTED_PARAMETER} for URL '(?<url>[^'\\s]+)'`),
  new RegExp(`^Retrieved ${BARE_URL} by using a ${METHOD} request`),
  /^The [A-Za-z0-9-]+ header is not set for URL (?<url>https?:\/\/\S+)\.$/,
  /^The cookie with the name \S+ does not .+ This was found on URL (?<url>https?:\/\/\S+)\.$/,
  // As this package's gates and reports write a place.
  /^(?<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?<url>(?:\/|https?:\/\/)\S*?)(?:, parameter (?<parameter>\S+))?$/,
];

function locationInText(information: string): FindingLocation {
  for (const sentence of SENTENCES) {
    const groups = sentence.exec(information)?.groups;
    if (groups !== undefined) return locationFrom(groups);
  }
  return {};
}

function locationFrom(source: JsonObject): FindingLocation {
  const method = text(fieldOf(source, "method"));
  // Not spread: V8 uses some 400 bytes more for an object that starts with the fields of another.
  const { url, host, path } = addressOf(text(fieldOf(source, "url")));
  return definedFields({
    url,
    host,
    path,
    method: method !== undefined && /^[A-Za-z]+$/.test(method) ? method.toUpperCase() : undefined,
    parameter: text(fieldOf(source, "parameter")),
  });
}

/** Not parsed by `URL`, which would rewrite paths such as `/a/../b`: often the very point of a finding. */
const ADDRESS = /^(?<scheme>https?:\/\/)?(?:[^/?#\s@]*@)?(?<host>[^/?#\s@]+)(?<path>\/[^?#\s]*)?(?:[?#]\S*)?$/i;

function addressOf(written: string | undefined): FindingLocation {
  if (written === undefined) return {};
  if (written.startsWith("/")) return definedFields({ path: /^[^?#\s]+/.exec(written)?.[0] });
  const groups = ADDRESS.exec(written)?.groups;
  if (groups === undefined) return {};
  const url = groups["scheme"] === undefined ? undefined : written;
  return definedFields({ url, host: groups["host"], path: groups["path"] ?? "/" });
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
