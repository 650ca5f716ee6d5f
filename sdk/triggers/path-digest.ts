import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { digestOf } from "../../provider/lifecycle/triggers/digest";

/** The content at a path has no digest. The message says what is there, and at which path. */
export class UnreadablePath extends Error {}

/** What is at a path, and the SHA-256 of its content. */
export interface PathDigest {
  kind: "file" | "folder";
  digest: string;
}

/**
 * Digests files and folders by content: names and bytes count, but no time, owner, mode or absolute path. Symbolic links are
 * followed. Each path is read once, as a stream, and one after another: a program with thousands of assets has one file open.
 */
export class PathDigests {
  readonly #digests = new Map<string, Promise<PathDigest>>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param path a file or a folder, relative to the process's folder, as for Pulumi
   * @throws UnreadablePath
   */
  of(path: string): Promise<PathDigest> {
    const absolutePath = resolve(path);
    const known = this.#digests.get(absolutePath);
    if (known !== undefined) return known;
    const digest = this.#last.then(() => digestOfPath(absolutePath, path));
    this.#digests.set(absolutePath, digest);
    this.#last = digest.catch(() => undefined);
    return digest;
  }
}

async function digestOfPath(path: string, shownPath: string): Promise<PathDigest> {
  const stats = await readable(shownPath, () => stat(path));
  if (!stats.isDirectory()) return { kind: "file", digest: await digestOfFile(path, shownPath, stats) };
  const files: [string, string][] = [];
  for await (const file of filesIn({ path, shownPath, name: "" }, [])) files.push(file);
  files.sort(([a], [b]) => (a < b ? -1 : 1));
  return { kind: "folder", digest: digestOf(files) };
}

interface Folder {
  path: string;
  /** As the program wrote it, for messages. */
  shownPath: string;
  /** Its path in the outermost folder, with slashes; empty for that one. */
  name: string;
}

/** Yields each file below a folder: its path in the outermost folder, and its digest. */
async function* filesIn(folder: Folder, around: readonly string[]): AsyncGenerator<[string, string]> {
  const { path, shownPath } = folder;
  const real = await readable(shownPath, () => realpath(path));
  if (around.includes(real)) {
    throw new UnreadablePath(`has a symbolic link that leads back to a folder around it, ${shownPath}`);
  }
  for (const entry of await readable(shownPath, () => readdir(path))) {
    const inner = {
      path: join(path, entry),
      shownPath: join(shownPath, entry),
      name: folder.name === "" ? entry : `${folder.name}/${entry}`,
    };
    const stats = await readable(inner.shownPath, () => stat(inner.path));
    if (stats.isDirectory()) yield* filesIn(inner, [...around, real]);
    else yield [inner.name, await digestOfFile(inner.path, inner.shownPath, stats)];
  }
}

async function digestOfFile(path: string, shownPath: string, stats: Stats): Promise<string> {
  // Reading a pipe would wait forever, and a device has no end.
  if (!stats.isFile()) throw new UnreadablePath(`has ${shownPath}, which is neither a file nor a folder`);
  const hash = createHash("sha256");
  await readable(shownPath, () => pipeline(createReadStream(path), hash));
  return hash.digest("hex");
}

const PROBLEMS: Record<string, (path: string) => string> = {
  ENOENT: (path) => `cannot be read: there is nothing at ${path}`,
  ELOOP: (path) => `cannot be read: ${path} is a symbolic link that leads back to itself`,
  EACCES: (path) => `cannot be read: this process may not open ${path}`,
};

async function readable<T>(shownPath: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    const problem = PROBLEMS[code]?.(shownPath) ?? `cannot be read: ${code} at ${shownPath}`;
    throw new UnreadablePath(problem, { cause: error });
  }
}
