import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { addAcceptance, readAcceptances } from "../findings/gate/add-acceptance";
import { hasExpired } from "../findings/gate/acceptance";
import { parseAcceptances, type AcceptedFinding } from "../findings/gate/accepted-finding";
import { plainText } from "../findings/plain-text";
import { CrashtestError } from "../provider/errors";
import { isSystemError, systemFailure } from "../sdk/report-file-error";
import { writeAtomically } from "../sdk/report-file";
import { parsed, requireOption } from "./arguments";
import { EXIT_CODES, tell, UsageError, type Command } from "./command";

const OPTIONS = { file: { type: "string" }, reason: { type: "string" }, expires: { type: "string" } } as const;

/** Adds an entry to a file of accepted findings. It asks no service, so that it needs no settings. */
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
  tell(surroundings, `${plainText(file)} accepts finding ${finding} to the end of ${entry.expires} (UTC).`);
  return EXIT_CODES.done;
};

interface FindingEntry {
  finding: string;
  reason: string;
  expires: string;
}

/** @throws UsageError with what the gate would say of the entry */
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
      problem: `${file} accepts this finding already, to the end of ${same.expires}`,
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

/** As other files of a repository. */
const MODE_OF_NEW_FILE = 0o644;

/** The file that a link leads to, as an editor would write it; an empty one where there is none yet. */
async function readExisting(file: string): Promise<{ path: string; text: string; mode: number }> {
  try {
    const path = await realpath(file);
    const { mode } = await stat(path);
    return { path, text: await readFile(path, "utf8"), mode: mode & 0o777 };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT") return { path: file, text: "", mode: MODE_OF_NEW_FILE };
    throw systemFailure(file, error);
  }
}
