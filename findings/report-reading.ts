import { descriptionsBySlug, parseDescription, type Description } from "./description";
import { parseFinding, type UndescribedFinding } from "./finding";
import { asList, fieldOf, fieldsBut, isJsonObject, optionalList, type JsonObject } from "./json-fields";
import type { TakeItem } from "./json-list-items";
import { childPath, ROOT_PATH } from "./json-path";
import { LeftOutFields } from "./left-out-fields";
import { MemberNames } from "./member-names";
import type { FindingsReport } from "./report";
import { openEnvelope, scannerLists, scannersOf } from "./report-envelope";
import { ReportParseError } from "./report-error";
import { isTooDeep, MAX_REPORT_DEPTH, ReportJsonReading, tooDeep, unreadable } from "./report-json";
import { MAX_KINDS, MAX_MEMBER_NAMES } from "./report-limits";
import { countFindings } from "./severity";

interface Slugged {
  readonly slug: string;
}

/**
 * What is made of the findings of a report.
 *
 * @typeParam Kept what is held of a finding until the descriptions are known, which come last in a report
 * @typeParam Made what it becomes then
 */
export interface FindingMaker<Kept extends Slugged, Made> {
  /** Called for each finding as it is read, in the order of the report. */
  keep: (found: UndescribedFinding) => Kept;
  /** Called once all of the report is known to be good; `description` is undefined where the report has none of that slug. */
  make: (kept: Kept, description: Description | undefined) => Made;
}

/** A report as data, with what was made of its findings in their place. */
export type ReportOf<Made> = Omit<FindingsReport, "findings"> & { readonly findings: readonly Made[] };

/** A finding as it is kept, or what is wrong with it: that is told in its turn. */
type Item<Kept> = Kept | ReportParseError;

interface KeptList<Kept> {
  readonly items: Item<Kept>[];
  isTooDeep: boolean;
}

/** Reads a JSON report piece by piece. Of its findings it holds what is kept of them, of its text no more than one of them. */
export class FindingsReading<Kept extends Slugged, Made> {
  readonly #lists: KeptList<Kept>[] = [];
  readonly #names = new MemberNames();
  readonly #slugs = new Set<string>();
  readonly #leftOut = new LeftOutFields();
  /** Whether an item is wrong: the others are held no more, since none will be asked for. */
  #hasFailed = false;
  readonly #json = new ReportJsonReading((keys) => this.#open(keys));

  constructor(private readonly maker: FindingMaker<Kept, Made>) {}

  /** Reads on. What is wrong is said at the end. */
  write(piece: string): void {
    this.#json.write(piece);
  }

  /** @throws ReportParseError as `parseFindings` */
  end(): ReportOf<Made> {
    const root = this.#json.end();
    const excess = this.#excess;
    if (excess !== undefined) throw new ReportParseError("REPORT_TOO_LARGE", ROOT_PATH, excess);
    const listAt = ([index]: readonly unknown[]): KeptList<Kept> | undefined => this.#lists[Number(index)];
    const lists = listsUnder(root);
    if (lists.some((list) => listAt(list)?.isTooDeep === true)) throw tooDeep();
    // Of two members of one name JSON knows the last one: whatever the other has would be lost.
    if (lists.length < this.#lists.length) throw unreadable("has two lists of findings at one place");
    return assembleReport(root, this.maker, this.#leftOut, (list) => listAt(list)?.items ?? []);
  }

  get #excess(): string | undefined {
    if (this.#names.areTooMany) return MANY_NAMES;
    return this.#slugs.size > MAX_KINDS ? MANY_SLUGS : undefined;
  }

  #open(keys: readonly string[]): TakeItem | undefined {
    const [name, scanner, ...deeper] = keys[0] === "data" ? keys.slice(1) : keys;
    if (name !== "findings" || scanner === undefined || deeper.length > 0) return undefined;
    const list: KeptList<Kept> = { items: [], isTooDeep: false };
    this.#lists.push(list);
    const path = keys.reduce<string>(childPath, ROOT_PATH);
    /** Root and list are levels as well. */
    const level = keys.length + 2;
    return (text, depth) => {
      if (this.#excess !== undefined) return;
      const wire: unknown = JSON.parse(text);
      if (level + depth > MAX_REPORT_DEPTH) list.isTooDeep ||= isTooDeep(wire as object, level);
      this.#names.add(wire);
      if (this.#hasFailed) return;
      const item = keep(this.maker, wire, scanner, childPath(path, list.items.length), this.#leftOut);
      if (item instanceof ReportParseError) this.#hasFailed = true;
      else if (item.slug !== "") this.#slugs.add(item.slug);
      list.items.push(item);
    };
  }
}

const MANY_DESCRIPTIONS = `are more than ${MAX_KINDS}`;
const MANY_SLUGS = `has more than ${MAX_KINDS} slugs in its findings`;
const MANY_NAMES = `has more than ${MAX_MEMBER_NAMES} names of members in its findings`;

/** Puts a report together from its object, as it came or with what was kept of the items of its lists. */
export function assembleReport<Kept extends Slugged, Made>(
  root: JsonObject,
  maker: FindingMaker<Kept, Made>,
  leftOut = new LeftOutFields(),
  keptOf?: (list: readonly unknown[]) => Item<Kept>[],
): ReportOf<Made> {
  const { data, path } = openEnvelope(root);
  const descriptions = descriptionsOf(data, path, leftOut);
  const bySlug = descriptionsBySlug(descriptions);
  const lists = scannerLists(data, path);
  const findingCounts = countFindings([]);
  const findings = lists.flatMap(([scanner, value]) => {
    const listPath = childPath(childPath(path, "findings"), scanner);
    const list = asList(value, listPath);
    const items =
      keptOf?.(list) ?? list.map((wire, index) => keep(maker, wire, scanner, childPath(listPath, index), leftOut));
    return items.map((item) => {
      if (item instanceof ReportParseError) throw item;
      const description = item.slug === "" ? undefined : bySlug.get(item.slug);
      findingCounts[description?.severity ?? "unknown"] += 1;
      return maker.make(item, description);
    });
  });
  const scanners = scannersOf(lists, data, path);
  const additional = fieldsBut(data, KNOWN);
  return { findings, findingCounts, scanners, descriptions, additional, warnings: leftOut.warnings };
}

const KNOWN = new Set(["findings", "descriptions", "scanners"]);

function keep<Kept extends Slugged>(
  { keep: keptOf }: Pick<FindingMaker<Kept, never>, "keep">,
  wire: unknown,
  scanner: string,
  path: string,
  leftOut: LeftOutFields,
): Item<Kept> {
  try {
    return keptOf(parseFinding(wire, scanner, path, leftOut));
  } catch (error) {
    if (error instanceof ReportParseError) return error;
    // A regular expression has run out of stack, on a text of millions of characters.
    if (error instanceof RangeError) return new ReportParseError("REPORT_UNREADABLE", path, "is too long to be read");
    throw error;
  }
}

function descriptionsOf(data: JsonObject, path: string, leftOut: LeftOutFields): Description[] {
  const descriptionsPath = childPath(path, "descriptions");
  const list = optionalList(data, "descriptions", path) ?? [];
  if (list.length > MAX_KINDS) throw new ReportParseError("REPORT_TOO_LARGE", descriptionsPath, MANY_DESCRIPTIONS);
  return list.map((description, index) => parseDescription(description, childPath(descriptionsPath, index), leftOut));
}

/** All lists of findings under a root, be it a report or not. */
function listsUnder(root: JsonObject): (readonly unknown[])[] {
  return [root, fieldOf(root, "data")]
    .filter(isJsonObject)
    .map((holder) => fieldOf(holder, "findings"))
    .filter(isJsonObject)
    .flatMap((findings) => Object.values(findings))
    .filter((list) => Array.isArray(list));
}
