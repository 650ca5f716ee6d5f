import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCrawl, readLostFindings } from "../../src/scanners/wapiti/session";
import { Database } from "../../src/store/database";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crashtest-session-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A database of the form that the scanner keeps, with a finding of each type given. */
function fill(types: readonly string[], parameter: string | null = "raw body"): void {
  const database = new Database(join(folder, "127.0.0.1_8080_folder_1.db"));
  database.exec("CREATE TABLE paths (path_id INTEGER PRIMARY KEY, path TEXT, method TEXT)");
  database.exec(
    "CREATE TABLE payloads (evil_path_id INTEGER, module TEXT, category TEXT, parameter TEXT, info TEXT, type TEXT)",
  );
  database.write("INSERT INTO paths VALUES (1, 'http://127.0.0.1:8080/xml?a=b', 'POST')");
  for (const type of types) {
    database.write("INSERT INTO payloads VALUES (1, 'xxe', 'XML External Entity', ?, 'read', ?)", parameter, type);
  }
  database.close();
}

const FOUND = { category: "XML External Entity", module: "xxe", method: "POST", path: "/xml", info: "read" };

describe("readLostFindings", () => {
  it("reads what the report has no section for, in the report's form", async () => {
    fill(["vulnerability", "XPATHi", "anomaly", "additional"]);

    expect(await readLostFindings(folder)).toEqual([{ ...FOUND, parameter: "raw body" }]);
  });

  it.each(["", null])("takes the parameter %p for none", async (parameter) => {
    fill(["XPATHi"], parameter);

    expect(await readLostFindings(folder)).toEqual([{ ...FOUND, parameter: undefined }]);
  });

  it("fails where there is no database to be read", async () => {
    await expect(readLostFindings(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
    await writeFile(join(folder, "x.db"), "no database, but long enough to be read as one".repeat(100));
    await expect(readLostFindings(folder)).rejects.toThrow(/not a database/);
  });
});

/** A database with a crawl and an attack, in the form that the scanner keeps. */
function fillCrawl(): void {
  const database = new Database(join(folder, "127.0.0.1_8080_folder_1.db"));
  database.exec(
    "CREATE TABLE paths (path_id INTEGER PRIMARY KEY, path TEXT, method TEXT, evil BOOLEAN, response_id INTEGER)",
  );
  database.exec(
    "CREATE TABLE responses (response_id INTEGER PRIMARY KEY, status_code INTEGER, headers BLOB, body BLOB)",
  );
  database.exec("CREATE TABLE params (path_id INTEGER, type TEXT, name TEXT)");
  const headers = Buffer.from("C\x0ccontent-type\x94C\x09text/html\x94", "latin1");
  const body = Buffer.from("<form><INPUT name=secret type='Password'></form>");
  database.write("INSERT INTO responses VALUES (1, 200, ?, ?), (2, 503, ?, NULL)", headers, body, headers);
  database.exec("INSERT INTO paths VALUES (1, 'http://a/', 'GET', 0, 1), (2, 'http://a/f', 'POST', 0, 2)");
  database.exec("INSERT INTO paths VALUES (3, 'http://a/', 'GET', 1, 1), (4, 'http://a/skipped', 'GET', 0, NULL)");
  database.exec("INSERT INTO params VALUES (1, 'GET', 'q'), (1, 'GET', 'q'), (2, 'POST', 'q'), (3, 'GET', 'evil')");
  database.close();
}

describe("readCrawl", () => {
  it("reads answers and parameters of the crawl, and none of the attacks", async () => {
    fillCrawl();

    const page = { contentType: "text/html", location: undefined };
    expect(await readCrawl(folder)).toEqual({
      answers: [
        { ...page, method: "GET", url: "http://a/", status: 200, hasPasswordField: true },
        { ...page, method: "POST", url: "http://a/f", status: 503, hasPasswordField: false },
      ],
      parameterCount: 2,
    });
  });

  it("has no answers where there is no database", async () => {
    expect(await readCrawl(folder)).toEqual({ answers: [], parameterCount: 0 });
  });
});
