import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** The files are at the same relative path for the sources and for the built files, where the build copies them. */
const FOLDER = join(__dirname, "..", "..", "page");
const HTML = "index.html";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface PageFile {
  type: string;
  content: Buffer;
  /** Changes with the content. */
  etag: string;
}

/** Reads the page's files, by URL path: `/` and `/page/NAME`. They are read once; no path from a request is ever opened. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const names = readdirSync(FOLDER).filter((name) => TYPES[extname(name)] !== undefined);
  return new Map(
    names.map((name) => {
      const content = readFileSync(join(FOLDER, name));
      const etag = `"${createHash("sha256").update(content).digest("base64url")}"`;
      return [name === HTML ? "/" : `/page/${name}`, { type: TYPES[extname(name)] ?? "", content, etag }];
    }),
  );
}
