import { readFile, stat } from "node:fs/promises";

/**
 * The text of a file that a setting names, from the program's folder; it has to be there.
 *
 * @throws Error for what is no file, has more bytes than that, or cannot be read
 */
export async function readSettingFile(path: string, maxBytes: number): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error("it is no file");
  if (found.size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
  return readFile(path, "utf8");
}
