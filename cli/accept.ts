import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { addAcceptance, readAcceptances } from "../gate/rules/accept-file";
import { type AcceptedFinding, hasExpired, parseAcceptances } from "../gate/rules/accepted-finding";
import { plainText } from "../errors/plain-text";
import { CrashtestError } from "../errors/errors";
import { isSystemError, systemFailure, writeAtomically } from "../report-files/report-file";
import { parsed, requireOption } from "./arguments";
import { EXIT_CODES, tell, UsageError, type Command } from "./command";

const OPTIONS = { file: { type: "string" }, reason: { type: "string" }, expires: { type: "string" } } as const;

/** Adds an entry to a file of accepted findings. It does not use the service, so it needs no settings. */
export const accept: Command = async (args, surroundings) => {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  const [finding, ...others] = positionals;
  if (finding === undefined) throw new UsageError("the fingerprint of the finding is missing");
  if (others.length > 0) throw new UsageError("accept takes one fingerprint; put a reason of several words in quotes");
  const file = requireOption("file", values.file);
  const entry = parseEntry({
    finding,
    reason: requireOption("reason", values.reason),
    expires: requireOption("expires", values.expires),
  });
  const now = surroundings.now();
  if (hasExpired(entry, now))
    throw new UsageError(`--expires must be today (in UTC) or later, but is ${entry.expires}`);
  await addTo(file, entry, now);
  tell(surroundings, `${plainText(file)} accepts finding ${finding} until the end of ${entry.expires} (UTC).`);
  return EXIT_CODES.done;
};

interface FindingEntry {
  finding: string;
  reason: string;
  expires: string;
}

/** @throws UsageError with the gate's message about the entry */
function parseEntry(entry: FindingEntry): FindingEntry {
  const { problems } = parseAcceptances([entry]);
  if (problems.length === 0) return entry;
  const told = problems.map((problem) =>
    problem.replace("accept[0].finding", "FINGERPRINT").replace("accept[0].", "--"),
  );
  throw new UsageError(told.join("; "));
}

async function addTo(file: string, entry: FindingEntry, now: Date): Promise<void> {
  const { path, text, mode } = await readExisting(resolve(file));
  const same = (await readAcceptances(text)).find((other) => isSameFor(other, entry) && !hasExpired(other, now));
  if (same !== undefined) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `${file} already accepts this finding until the end of ${same.expires}`,
      remedy: "Change that entry instead.",
    });
  }
  const content = Buffer.from(await addAcceptance(text, entry));
  await writeAtomically(
    path,
    async (stream) => {
      await pipeline(Readable.from([content]), stream);
      return content.length;
    },
    dirname(path),
    mode,
  );
}

const isSameFor = (other: AcceptedFinding, { finding }: FindingEntry): boolean =>
  "finding" in other && other.finding === finding && other.where === undefined;

/** Like other files of a repository. */
const NEW_FILE_MODE = 0o644;

/** Follows a link, as an editor would. A missing file is empty. */
async function readExisting(file: string): Promise<{ path: string; text: string; mode: number }> {
  try {
    const path = await realpath(file);
    const { mode } = await stat(path);
    return { path, text: await readFile(path, "utf8"), mode: mode & 0o777 };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT") return { path: file, text: "", mode: NEW_FILE_MODE };
    throw systemFailure(file, error);
  }
}
