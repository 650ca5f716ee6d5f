import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Database } from "../../store/database";
import type { ReportedFinding } from "./report";

/** The kinds of findings that the scanner's report has a section for. */
const REPORTED = "'vulnerability', 'anomaly', 'additional'";
const MAX_FINDINGS = 10_000;
const MAX_TEXT_LENGTH = 10_000;

const LOST_FINDINGS = `
  SELECT payloads.category, payloads.module, paths.method, paths.path,
    substr(payloads.info, 1, ${MAX_TEXT_LENGTH}) AS info, substr(payloads.parameter, 1, ${MAX_TEXT_LENGTH}) AS parameter
  FROM payloads JOIN paths ON paths.path_id = payloads.evil_path_id
  WHERE payloads.type NOT IN (${REPORTED}) LIMIT ${MAX_FINDINGS}`;

type Row = Readonly<Record<"category" | "module" | "method" | "path" | "info" | "parameter", unknown>>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function findingOf(row: Row): ReportedFinding {
  const path = text(row.path);
  return {
    ...{ category: text(row.category), module: text(row.module), method: text(row.method), info: text(row.info) },
    // As in the report: without host and query.
    path: URL.canParse(path) ? new URL(path).pathname : path,
    parameter: text(row.parameter) || undefined,
  };
}

/**
 * The findings of a run that its report leaves out: both releases file a hole in the reading of XML under a kind that
 * their report has no section for, so that it stands in their database alone.
 *
 * @throws Error where the database cannot be read.
 */
export async function readLostFindings(sessionDir: string): Promise<ReportedFinding[]> {
  const names = await readdir(sessionDir);
  return names
    .filter((name) => name.endsWith(".db"))
    .flatMap((name) => {
      const database = new Database(join(sessionDir, name));
      try {
        return (database.rows(LOST_FINDINGS) as Row[]).map(findingOf);
      } finally {
        database.close();
      }
    });
}
