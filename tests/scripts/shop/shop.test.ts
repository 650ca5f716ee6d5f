import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface ShopModule {
  createShop: (options: { mended: ReadonlySet<string>; proofDir?: string }) => Server;
}
interface HolesModule {
  HOLES: readonly string[];
  parseMended: (text: string) => ReadonlySet<string>;
}
interface SheetsModule {
  readSheet: (name: string, options: { isMended: boolean; folder: string }) => string | undefined;
}
const { readSheet } = jest.requireActual<SheetsModule>("../../../examples/vulnerable-shop/shop/sheets.js");
const { createShop } = jest.requireActual<ShopModule>("../../../examples/vulnerable-shop/shop/server.js");
const { HOLES, parseMended } = jest.requireActual<HolesModule>("../../../examples/vulnerable-shop/shop/holes.js");

const opened: Server[] = [];
const proofDir = mkdtempSync(join(tmpdir(), "shop-proofs-"));

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});
afterAll(() => {
  rmSync(proofDir, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** Sends a path as it stands, which `fetch` would tidy up. */
async function ask(mend: string, path: string, host?: string): Promise<Answer> {
  const server = createShop({ mended: parseMended(mend), proofDir });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const options = { port, path, host: "127.0.0.1", agent: false as const, ...(host && { headers: { host } }) };
    request(options, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    })
      .on("error", reject)
      .end();
  });
}

const PASSWD = "/sheet?name=../../../../../../../../../../etc/passwd";
const INJECTED = `/article?id=${encodeURIComponent("99 UNION SELECT 1, sqlite_version(), 'price', 'about', 'sheet'")}`;
const SCRIPT = "/search?q=%3Cscript%3E";

test.each([
  ["xss", SCRIPT, "Results for <script>"],
  ["sql", INJECTED, "<h2>3."],
  ["path", PASSWD, "root:"],
])("%s: the hole is there, and nothing but its own switch mends it", async (hole, path, sign) => {
  const others = HOLES.filter((name) => name !== hole).join(",");

  for (const mend of ["none", others]) expect((await ask(mend, path)).text).toContain(sign);
  for (const mend of [hole, "all"]) expect((await ask(mend, path)).text).not.toContain(sign);
});

test("csp: the header is there once mended", async () => {
  expect((await ask("xss,sql,path", "/")).headers).not.toHaveProperty("content-security-policy");
  expect((await ask("csp", "/")).headers["content-security-policy"]).toContain("default-src 'none'");
});

test.each(["none", "all"])("the shop does its work, mended: %s", async (mend) => {
  expect((await ask(mend, "/")).text).toContain("Red kettle");
  expect((await ask(mend, "/search?q=TEA")).text).toMatch(/Blue teapot/);
  expect((await ask(mend, "/search?q=TEA")).text).not.toMatch(/Green cup/);
  expect((await ask(mend, "/article?id=3")).text).toContain("<h2>Green cup</h2>");
  expect(await ask(mend, "/sheet?name=green-cup.txt")).toMatchObject({
    status: 200,
    text: expect.stringContaining("porcelain") as string,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  });
  for (const path of ["/none", "/article?id=99", "/article?id=%00", "/sheet?name=none", "/sheet?name=%00", "/sheet"])
    expect((await ask(mend, path)).status).toBe(404);
});

test("through the SQL injection nothing can be written, attached or loaded", async () => {
  const attempts = ["1; DELETE FROM articles", "(SELECT load_extension('x'))", "1; ATTACH DATABASE '/tmp/x' AS x"];
  for (const attempt of attempts) await ask("none", `/article?id=${encodeURIComponent(attempt)}`);

  expect((await ask("none", "/")).text).toContain("Oak tray");
  const loaded = await ask("none", `/article?id=${encodeURIComponent(attempts[1] ?? "")}`);
  expect(loaded.status).toBe(404);
});

test("through the path traversal comes what everybody may read, and nothing that a user keeps to oneself", async () => {
  const own = mkdtempSync(join(tmpdir(), "shop-own-"));
  mkdirSync(join(own, "closed"), { mode: 0o700 });
  writeFileSync(join(own, "closed/open.txt"), "secret", { mode: 0o644 });
  const up = "../".repeat(20);

  const inClosedFolder = await ask("none", `/sheet?name=${up}${join(own, "closed/open.txt")}`);
  const shadow = await ask("none", `/sheet?name=${up}etc/shadow`);
  const device = await ask("none", `/sheet?name=${up}dev/zero`);
  rmSync(own, { recursive: true });

  expect([inClosedFolder.status, shadow.status, device.status]).toEqual([404, 404, 404]);
});

test("mended, a path may leave the folder of sheets on its way, and not end outside, not even beside it", () => {
  const parent = mkdtempSync(join(tmpdir(), "shop-sheets-"));
  const folder = join(parent, "sheets");
  for (const name of ["sheets", "sheets-of-others"]) {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, "a.txt"), name);
  }
  const read = (name: string): string | undefined => readSheet(name, { isMended: true, folder });
  const answers = ["a.txt", "../sheets/a.txt", "../sheets-of-others/a.txt", "..", "."].map(read);
  rmSync(parent, { recursive: true });

  expect(answers).toEqual(["sheets", "sheets", undefined, undefined, undefined]);
});

test("a proof is served at the web root, and nothing else of its folder", async () => {
  writeFileSync(join(proofDir, "crashtest-0a1b2c3d.html"), "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d\n");
  writeFileSync(join(proofDir, "other.html"), "other");

  expect(await ask("all", "/crashtest-0a1b2c3d.html")).toMatchObject({
    status: 200,
    text: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d\n",
  });
  for (const path of [
    "/crashtest-ffffffff.html",
    "/other.html",
    "/x/crashtest-0a1b2c3d.html",
    "/crashtest-../other.html",
  ])
    expect((await ask("all", path)).status).toBe(404);
});

test.each(["shop.example.com", "127.0.0.1.example.com", "169.254.1.1"])(
  "a request for the host %s gets nothing",
  async (host) => {
    expect(await ask("none", PASSWD, host)).toMatchObject({
      status: 421,
      text: expect.not.stringContaining("root:") as string,
    });
  },
);

test.each([
  ["all", [...HOLES]],
  ["none", []],
  ["", []],
  ["xss, path", ["xss", "path"]],
])("--mend %j", (text, mended) => {
  expect([...parseMended(text)]).toEqual(mended);
});

test.each(["csrf", "xss,", "all,xss", "XSS"])("--mend refuses %j", (text) => {
  expect(() => parseMended(text)).toThrow("--mend takes xss, sql, path, csp, all or none");
});
