import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN, type Values } from "../lifecycle/lifecycle";

/** A value that the engine keeps as a secret. */
export class Secret {
  constructor(readonly value: unknown) {}
}

/** An asset: a text, or the content of a file or an address. */
export class Asset {
  constructor(readonly parts: Readonly<Record<string, unknown>>) {}
}

/** An archive: assets, or the content of a folder or an address. */
export class Archive {
  constructor(readonly parts: Readonly<Record<string, unknown>>) {}
}

/** A resource of the program, without its outputs. */
export class ResourceReference {
  constructor(readonly urn: string) {}
}

/** The member that tells these from other objects; its value tells which it is. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** What the engine sends for an unknown value, by the type that it expects of it. */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Returns what the engine sent, with the objects above and `UNKNOWN` in it; without the text of a dynamic provider. */
export function decode(struct: Struct | undefined): Values {
  const { __provider: _provider, ...sent } = struct?.toJavaScript() ?? {};
  return mapped(sent, decodeValue);
}

function decodeValue(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isObject(value)) return value;
  const { [SIGNATURE]: signature, ...parts } = value;
  switch (signature) {
    case SECRET:
      return new Secret(decodeValue(parts["value"]));
    case ASSET:
      return new Asset(parts);
    case ARCHIVE:
      return new Archive(parts);
    case REFERENCE:
      return new ResourceReference(String(parts["urn"]));
    case OUTPUT: {
      const known = "value" in parts ? decodeValue(parts["value"]) : UNKNOWN;
      return parts["secret"] === true ? new Secret(known) : known;
    }
    default:
      return mapped(value, decodeValue);
  }
}

/** The inverse of `decode`. Members that are undefined are left out. */
export const encode = (values: object): Struct => Struct.fromJavaScript(encodeObject(values));

const encodeObject = (values: object): Record<string, JavaScriptValue> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, encodeValue(value)]),
  );

function encodeValue(value: unknown): JavaScriptValue {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encodeValue(value.value) };
  if (value instanceof Asset) return { [SIGNATURE]: ASSET, ...encodeObject(value.parts) };
  if (value instanceof Archive) return { [SIGNATURE]: ARCHIVE, ...encodeObject(value.parts) };
  if (value instanceof ResourceReference) return { [SIGNATURE]: REFERENCE, urn: value.urn };
  if (Array.isArray(value)) return value.map(encodeValue);
  if (typeof value === "object" && value !== null) return encodeObject(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return null;
}

/** Returns a value without marks of secrets, at any depth. */
export function plain(value: unknown): unknown {
  if (value instanceof Secret) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return isPlainObject(value) ? plainValues(value) : value;
}

/** As `plain`. */
export const plainValues = (values: Values): Values => mapped(values, plain);

/** Whether a value is a secret, or contains one. */
export function hasSecret(value: unknown): boolean {
  if (value instanceof Secret) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isPlainObject(value) && Object.values(value).some(hasSecret);
}

/** Marks in plain values what is secret at the same place in others. Where only their shapes differ, the whole is secret. */
export const markedLike = (values: Values, marked: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, markedValue(value, marked[name])]));

function markedValue(value: unknown, marked: unknown): unknown {
  if (!hasSecret(marked)) return value;
  return isPlainObject(value) && isPlainObject(marked) ? markedLike(value, marked) : new Secret(plain(value));
}

/** Marks properties as secrets. */
export const withSecrets = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const isMarked = !names.includes(name) || value === undefined || value instanceof Secret;
      return [name, isMarked ? value : new Secret(plain(value))];
    }),
  );

const mapped = (values: Values, change: (value: unknown) => unknown): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** Whether a value has members by name, whatever it stands for. */
export const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether it has them and stands for nothing else. */
export const isPlainObject = (value: unknown): value is Values =>
  isObject(value) && ![Secret, Asset, Archive, ResourceReference].some((kind) => value instanceof kind);
