const DAMAGED =
  "It is damaged, or not a crashtest-local database. Put a backup of it into an empty folder under the same name and start " +
  "the service with --data and that folder, or start from scratch in another one";
const NOT_OURS =
  "Its folder and its files must exist, and the user that runs the service must be able to write to them";
const NO_ROOM = "Free space on its disk, and check that the disk is healthy";
const HELD = "Another program has locked it: end that program";

/** What to do, by the prefix of the error's name. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_(NOTADB|CORRUPT)/, DAMAGED],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, NOT_OURS],
  [/^SQLITE_(FULL|IOERR)/, NO_ROOM],
  [/^SQLITE_(BUSY|LOCKED)/, HELD],
];
/** libsql gives an error on opening no code of its own. */
const NOT_OPENED = "ConnectionFailed";

/** Reads a text from an error of libsql, which is not always an `Error`. */
function textIn(error: unknown, name: "code" | "message"): string {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === "string" ? value : "";
}

/** Rewords an error of the database at `path`: the file, what is wrong and what to do. Other errors are unchanged. */
export function explained(path: string, error: unknown): unknown {
  const [code, message] = [textIn(error, "code"), textIn(error, "message")];
  const isNotOpened = message.startsWith(NOT_OPENED);
  const advice = isNotOpened ? NOT_OURS : ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  if (advice === undefined) return error;
  const reason = isNotOpened ? "it cannot be opened" : message;
  return new Error(`The database ${path} cannot be used: ${reason}. ${advice}.`, { cause: error });
}
