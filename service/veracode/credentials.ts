import type { SigningKey } from "./signature";

/** The regions in which the vendor issues credentials. */
export type Region = "global" | "eu" | "fedramp";

/** By the seventh character of a credential's prefix, as in `vera01ei-`. */
const REGIONS: Readonly<Record<string, Region>> = { g: "global", e: "eu", f: "fedramp" };

/** The address of each region's API. */
export const REGION_ENDPOINTS: Readonly<Record<Region, string>> = {
  global: "https://api.veracode.com",
  eu: "https://api.veracode.eu",
  fedramp: "https://api.veracode.us",
};

const PREFIX = /^[0-9a-z]{6}([a-z])[0-9a-z]$/i;
const ID = /^[0-9a-f]{32}$/i;
const KEY = /^([0-9a-f]{2})+$/i;

/** The two halves of the API credentials, as the vendor's pages show them. */
export interface Credentials {
  /** The API ID. */
  id: string;
  /** The API secret key. */
  key: string;
}

interface Half {
  value: string;
  /** Undefined without a prefix, as in the region `global`, and in older credentials of any. */
  region: Region | undefined;
  hasUnknownPrefix: boolean;
}

function halfOf(text: string): Half {
  const dash = text.lastIndexOf("-");
  if (dash < 0) return { value: text, region: undefined, hasUnknownPrefix: false };
  const region = REGIONS[PREFIX.exec(text.slice(0, dash))?.[1]?.toLowerCase() ?? ""];
  return { value: text.slice(dash + 1), region, hasUnknownPrefix: region === undefined };
}

/** Returns what is wrong with an API ID, in a text that follows its name; undefined if it is valid. */
export const apiIdProblem = (text: string): string | undefined =>
  halfProblem(text, ID, "must be 32 hexadecimal digits, with or without a prefix such as vera01ei-");

/** Returns what is wrong with an API secret key, in a text that follows its name and does not repeat the key. */
export const apiKeyProblem = (text: string): string | undefined =>
  halfProblem(
    text,
    KEY,
    "must be an even number of hexadecimal digits, with or without a prefix such as vera01es-: copy it again, as a whole",
  );

function halfProblem(text: string, form: RegExp, problem: string): string | undefined {
  const { value, hasUnknownPrefix } = halfOf(text);
  if (!form.test(value)) return problem;
  return hasUnknownPrefix
    ? "has a prefix of an unknown region: expected one such as vera01gi-, vera01ei- or none"
    : undefined;
}

/** Credentials without their prefixes. */
export interface ParsedCredentials {
  signingKey: SigningKey;
  /** What the prefixes say of both; undefined where there are none. */
  region: Region | undefined;
  /** Why the two do not belong together; undefined where they may. */
  contradiction: string | undefined;
}

/** Strips the prefixes of both halves. */
export function parseCredentials({ id, key }: Credentials): ParsedCredentials {
  const [ofId, ofKey] = [halfOf(id), halfOf(key)];
  const isContradiction = ofId.region !== undefined && ofKey.region !== undefined && ofId.region !== ofKey.region;
  return {
    signingKey: { id: ofId.value, secret: ofKey.value },
    region: ofId.region ?? ofKey.region,
    contradiction: isContradiction
      ? `the API ID belongs to the region ${ofId.region}, but the API key to the region ${ofKey.region}: copy both again, ` +
        "from the same page"
      : undefined,
  };
}
