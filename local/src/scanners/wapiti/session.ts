import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isAnyArrayBuffer } from "node:util/types";
import { Database } from "../../store/database";
import type { Crawl, CrawlAnswer } from "./crawl";
import { pickledHeader } from "./pickled-headers";
import type { ReportedFinding } from "./report";

/** The kinds of findings with a section in the scanner's report. */
const REPORTED = "'vulnerability', 'anomaly', 'additional'";
const MAX_FINDINGS = 10_000;
const MAX_TEXT_LENGTH = 10_000;

const LOST_FINDINGS = `
  SELECT payloads.category, payloads.module, paths.method, paths.path,
    substr(payloads.info, 1, ${MAX_TEXT_LENGTH}) AS info, substr(payloads.parameter, 1, ${MAX_TEXT_LENGTH}) AS parameter
  FROM payloads JOIN paths ON paths.path_id = payloads.evil_path_id
  WHERE payloads.type NOT IN (${REPORTED}) LIMIT ${MAX_FINDINGS}`;

const MAX_ANSWERS = 10_000;
const MAX_BODY_BYTES = 262_144;

const CRAWL_ANSWERS = `
  SELECT paths.method, paths.path, responses.status_code AS status, responses.headers,
    CAST(substr(responses.body, 1, ${MAX_BODY_BYTES}) AS TEXT) LIKE '%<input%type=%password%' AS hasPasswordField
  FROM paths JOIN responses ON responses.response_id = paths.response_id
  WHERE NOT paths.evil LIMIT ${MAX_ANSWERS}`;

const PARAMETERS = `
  SELECT count(*) AS count FROM (
    SELECT DISTINCT paths.path, params.type, params.name
    FROM params JOIN paths ON paths.path_id = params.path_id WHERE NOT paths.evil)`;

type Row = Readonly<Record<"category" | "module" | "method" | "path" | "info" | "parameter", unknown>>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function findingOf(row: Row): ReportedFinding {
  const path = text(row.path);
  return {
    ...{ category: text(row.category), module: text(row.module), method: text(row.method), info: text(row.info) },
    // As in the report, without host and query.
    path: URL.canParse(path) ? new URL(path).pathname : path,
    parameter: text(row.parameter) || undefined,
  };
}

function answerOf(row: Readonly<Record<string, unknown>>): CrawlAnswer {
  const headers = isAnyArrayBuffer(row["headers"]) ? Buffer.from(row["headers"]) : Buffer.alloc(0);
  return {
    ...{ method: text(row["method"]), url: text(row["path"]), status: Number(row["status"]) },
    ...{ contentType: pickledHeader(headers, "content-type"), location: pickledHeader(headers, "location") },
    hasPasswordField: row["hasPasswordField"] === 1,
  };
}

/** Reads from each database of a session, of which there is one. */
async function readEach<Item>(sessionDir: string, read: (database: Database) => Item[]): Promise<Item[]> {
  const names = await readdir(sessionDir);
  return names
    .filter((name) => name.endsWith(".db"))
    .flatMap((name) => {
      const database = new Database(join(sessionDir, name));
      try {
        return read(database);
      } finally {
        database.close();
      }
    });
}

/**
 * Reads the result of a run's crawl: the only place where the answers of an https target can be read.
 *
 * @throws Error if the database cannot be read.
 */
export async function readCrawl(sessionDir: string): Promise<Crawl> {
  const crawls = await readEach(sessionDir, (database): Crawl[] => {
    const { count } = database.first(PARAMETERS) as { count: number };
    const rows = database.rows(CRAWL_ANSWERS) as Readonly<Record<string, unknown>>[];
    return [{ answers: rows.map(answerOf), parameterCount: count }];
  });
  return crawls[0] ?? { answers: [], parameterCount: 0 };
}

/**
 * Reads the findings that a run's report leaves out: both releases record a hole in XML parsing under a kind that
 * their report has no section for, so it is only in their database.
 *
 * @throws Error if the database cannot be read.
 */
export function readLostFindings(sessionDir: string): Promise<ReportedFinding[]> {
  return readEach(sessionDir, (database) => (database.rows(LOST_FINDINGS) as Row[]).map(findingOf));
}
