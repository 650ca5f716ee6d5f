import { readFile, stat } from "node:fs/promises";
import { problemOf } from "./failure";

/** What a file gives that a setting names, and what kept it from being used. */
export interface LoadedSetting<Value> {
  value: Value | undefined;
  problems: readonly string[];
}

/**
 * Reads a file that a setting names, from the program's folder; it has to be there. Never rejects.
 *
 * @param maxBytes a larger file is not read
 */
export async function loadSettingFile<Value>(
  setting: string,
  path: string,
  maxBytes: number,
  parse: (text: string) => Value | Promise<Value>,
): Promise<LoadedSetting<Value>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error("it is no file");
    if (found.size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    return { value: await parse(await readFile(path, "utf8")), problems: [] };
  } catch (error) {
    return { value: undefined, problems: [`${setting}: the file ${path} cannot be used: ${problemOf(error)}`] };
  }
}
