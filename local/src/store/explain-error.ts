const DAMAGED =
  "It is damaged, or no database of crashtest-local. Put a backup of it into an empty folder under the same name and start " +
  "the service with --data and that folder, or begin anew in another one";
const NOT_OURS =
  "Its folder and its files must be there, and the user that runs the service must be able to write them";
const NO_ROOM = "Make room on its disk, and see that the disk is well";
const HELD = "Another program holds it: end that program";

/** What to do, by how the name of the error begins. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_(NOTADB|CORRUPT)/, DAMAGED],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, NOT_OURS],
  [/^SQLITE_(FULL|IOERR)/, NO_ROOM],
  [/^SQLITE_(BUSY|LOCKED)/, HELD],
];
/** libsql gives an error at the opening no code of its own. */
const NOT_OPENED = "ConnectionFailed";

/** A text in an error of libsql, which is not always made by `Error`. */
function textIn(error: unknown, name: "code" | "message"): string {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === "string" ? value : "";
}

/** An error of the database at `path` in words that name the file, what is wrong and what to do; another as it is. */
export function explained(path: string, error: unknown): unknown {
  const [code, message] = [textIn(error, "code"), textIn(error, "message")];
  const isNotOpened = message.startsWith(NOT_OPENED);
  const advice = isNotOpened ? NOT_OURS : ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  if (advice === undefined) return error;
  const reason = isNotOpened ? "it cannot be opened" : message;
  return new Error(`The database ${path} cannot be used: ${reason}. ${advice}.`, { cause: error });
}
