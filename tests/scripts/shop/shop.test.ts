import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

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
const { TEST_USER } = jest.requireActual<{ TEST_USER: Record<string, string> }>(
  "../../../examples/vulnerable-shop/shop/sessions.js",
);
const { ROUTES } = jest.requireActual<{ ROUTES: object }>("../../../examples/vulnerable-shop/shop/routes.js");
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

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function startShop(mend: string): Promise<number> {
  const server = createShop({ mended: parseMended(mend), proofDir });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Sends a path as it stands, which `fetch` would tidy up. */
function send(port: number, path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port, path, method, headers, host: "127.0.0.1", agent: false }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    })
      .on("error", reject)
      .end(body);
  });
}

const ask = async (mend: string, path: string, host?: string): Promise<Answer> =>
  send(await startShop(mend), path, host === undefined ? {} : { headers: { host } });

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

const OTHERS_ORDER = "Order 4";
const EVERY_ORDER = `/account?year=${encodeURIComponent("2026 OR 1=1")}`;
const FORM = { "content-type": "application/x-www-form-urlencoded" };

const logIn = async (port: number, fields: Record<string, string> = {}): Promise<Answer> => {
  const token = /name="csrf_token" value="([0-9a-f]+)"/.exec((await send(port, "/login")).text)?.[1] ?? "";
  const body = new URLSearchParams({ csrf_token: token, ...TEST_USER, ...fields }).toString();
  return send(port, "/login", { method: "POST", headers: FORM, body });
};

const cookieOf = ({ headers }: Answer): { cookie: string } => ({
  cookie: String((headers["set-cookie"] as string[] | undefined)?.[0]).split(";")[0] ?? "",
});

test("account: behind the login are the user's own orders, and with the hole those of others", async () => {
  const others = HOLES.filter((name) => name !== "account").join(",");
  for (const mend of ["none", others, "account", "all"]) {
    const port = await startShop(mend);
    const headers = cookieOf(await logIn(port));
    const own = (await send(port, "/account?year=2026", { headers })).text;
    const every = (await send(port, EVERY_ORDER, { headers })).text;

    expect([own.includes("Oak tray"), own.includes(OTHERS_ORDER)]).toEqual([true, false]);
    expect(every.includes(OTHERS_ORDER)).toBe(mend === "none" || mend === others);
    expect(await send(port, EVERY_ORDER)).toMatchObject({ status: 303, headers: { location: "/login" }, text: "" });
  }
});

test("a session begins with the right password and form only, and ends with the log-out link", async () => {
  const port = await startShop("none");
  const headers = cookieOf(await logIn(port));
  const during = await send(port, "/account", { headers });
  const again = await send(port, "/login", { headers });
  await send(port, "/logout", { headers });

  expect(during).toMatchObject({ status: 200, text: expect.stringContaining("logged in as test-user") as string });
  expect(again).toMatchObject({ status: 303, headers: { location: "/account" } });
  expect((await send(port, "/account", { headers })).status).toBe(303);
  for (const wrong of [{ password: "wrong" }, { username: "root" }, { csrf_token: "0" }]) {
    const refused = await logIn(port, wrong);
    expect(refused.headers).not.toHaveProperty("set-cookie");
    expect(refused.text).toContain('type="password"');
  }
});

test("api: no page names it; its stock is that of one article, and with the hole whatever a query says", async () => {
  const others = HOLES.filter((name) => name !== "api").join(",");
  const stock = (port: number, article: unknown) =>
    send(port, "/api/stock", { method: "POST", body: JSON.stringify({ article }) });
  for (const mend of ["none", others, "api", "all"]) {
    const port = await startShop(mend);
    const injected = await stock(port, "99 UNION SELECT sqlite_version()");

    expect(JSON.parse((await stock(port, 3)).text)).toEqual({ stock: 48 });
    expect(injected.status).toBe(mend === "none" || mend === others ? 200 : 404);
    expect((await stock(port, "'")).status).toBe(404);
    expect((await send(port, "/api/stock", { method: "POST", body: "{" })).status).toBe(400);
    expect((await send(port, "/api/stock", { method: "POST", body: " ".repeat(70_000) })).status).toBe(413);
    expect(JSON.parse((await send(port, "/api/articles")).text)).toHaveLength(4);
    for (const path of ["/", "/search?q=tea", "/article?id=1", "/login"])
      expect((await send(port, path)).text).not.toMatch(/["/]api\b/);
  }
});

test("api: the document of the example names each of its operations, and no other", () => {
  const text = readFileSync(join(__dirname, "../../../examples/vulnerable-shop/openapi.yaml"), "utf8");
  const { servers, paths } = parse(text) as { servers: { url: string }[]; paths: Record<string, object> };
  const named = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${servers[0]?.url ?? ""}${path}`),
  );

  expect(named.sort()).toEqual(
    Object.keys(ROUTES)
      .filter((route) => route.includes("/api/"))
      .sort(),
  );
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
  expect(() => parseMended(text)).toThrow("--mend takes xss, sql, path, csp, account, api, all or none");
});
