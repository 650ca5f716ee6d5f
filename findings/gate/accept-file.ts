import type { LineCounter, Parser } from "yaml";
import { plainText } from "../plain-text";

/** A file of accepted findings that is no YAML of the agreed kind. Its message names places and holds no values. */
export class AcceptFileError extends Error {
  override readonly name = "AcceptFileError";
  /** Stable; meant for programs. */
  readonly code = "ACCEPT_FILE_UNREADABLE";

  constructor(readonly problems: readonly string[]) {
    super(
      `Reading the file of accepted findings: ${problems.join("; ")}. Write one YAML list, one entry per accepted finding. (ACCEPT_FILE_UNREADABLE)`,
    );
  }
}

/** An entry may well repeat another's reason by an alias; a file that grows a thousandfold is an attack. */
const MAX_ALIASES = 100;
/** A list of entries is two deep, and the parser needs twice that. The engine's stack is no limit: it ends the process. */
const MAX_DEPTH = 50;

/**
 * The content of a file of accepted findings, for `parseAcceptances`. An empty file, or one with comments alone, is an
 * empty list. Days stay text.
 *
 * @throws AcceptFileError with all that is wrong: no YAML, a key twice, several documents, unknown tags, too many aliases.
 */
export async function parseAcceptFile(text: string): Promise<unknown> {
  /** Loaded where there is such a file: a program without one need not spend the time. */
  const { LineCounter, parseDocument, Parser } = await import("yaml");
  if (isNestedTooDeep(new Parser(), text)) throw new AcceptFileError(["it is nested absurdly deep"]);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) throw new AcceptFileError(faults.map((fault) => describe(fault, lineCounter)));
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) ?? [];
  } catch (error) {
    throw new AcceptFileError([plainText(error instanceof Error ? error.message : String(error))]);
  }
}

/** With a schema and no known tags, a file cannot turn days into dates, be it by a directive or by a tag. */
export const YAML_OPTIONS = {
  schema: "core",
  resolveKnownTags: false,
  uniqueKeys: true,
  prettyErrors: false,
  logLevel: "error",
} as const;

interface Fault {
  code: string;
  message: string;
  pos: [number, number];
}

function describe({ code, message, pos }: Fault, lineCounter: LineCounter): string {
  const { line, col } = lineCounter.linePos(pos[0]);
  const what = code === "MULTIPLE_DOCS" ? "a second document begins" : plainText(message);
  return `line ${line}, column ${col}: ${what}`;
}

/** A token of the parser, as far as others can stand in it. */
interface Token {
  value?: unknown;
  items?: readonly Token[];
  key?: unknown;
}

function isNestedTooDeep(parser: Parser, text: string): boolean {
  let level: unknown[] = [...parser.parse(text)];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    level = level.flatMap(childrenOf);
    if (level.length === 0) return false;
  }
  return true;
}

function childrenOf(token: unknown): unknown[] {
  if (typeof token !== "object" || token === null) return [];
  const { key, value, items = [] }: Token = token;
  return [key, value, ...items];
}
