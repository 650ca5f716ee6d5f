import { readdirSync } from "node:fs";
import { join } from "node:path";
import { KEYS, TestService } from "../../service/test-service";

afterEach(() => TestService.closeAll());

const FILES = readdirSync(join(__dirname, "../../../page")).filter((name) => /\.(js|css|svg)$/.test(name));
const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

test("the page is at the root, without a key", async () => {
  const service = await TestService.start();

  const page = await service.send("GET", "/", { key: null });

  expect([page.status, page.type]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.text).toContain("<title>Crashtest local</title>");
});

test("all its files are there, with their types", async () => {
  const service = await TestService.start();

  const answers = await Promise.all(FILES.map((name) => service.send("GET", `/page/${name}`, { key: null })));

  expect(FILES).toContain("app.js");
  expect(answers.map(({ status, type }) => [status, type])).toEqual(
    FILES.map((name) => [200, TYPES[name.split(".").at(-1) ?? ""]]),
  );
});

test("the page has no script and no style of its own in it", async () => {
  const service = await TestService.start();

  const { text } = await service.send("GET", "/", { key: null });

  expect(text).not.toMatch(/<style|style=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
});

test.each(["/", "/page/app.js", "/page/events", "/page/nothing"])(
  "%s has a strict policy, and no frame",
  async (path) => {
    const service = await TestService.start();

    const { headers } = await service.send("GET", path, { key: null });

    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe|nonce|\*|data:|http/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  },
);

test("a file that has not changed is not sent again; what holds data is not kept at all", async () => {
  const service = await TestService.start();
  const { headers } = await service.send("GET", "/page/app.js", { key: null });

  const again = await service.send("GET", "/page/app.js", {
    key: null,
    headers: { "if-none-match": String(headers["etag"]) },
  });
  const other = await service.send("GET", "/page/app.js", { key: null, headers: { "if-none-match": '"other"' } });
  const events = await service.send("GET", "/page/events", { key: null });

  expect([headers["cache-control"], again.status, again.text, other.status]).toEqual(["no-cache", 304, "", 200]);
  expect(events.headers["cache-control"]).toBe("no-store");
});

test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] as const)("%s is not allowed", async (method) => {
  const service = await TestService.start();

  for (const path of ["/", "/page/app.js", "/page/events"]) {
    const answer = await service.send(method, path);

    expect([answer.status, answer.headers["allow"]]).toEqual([405, "GET"]);
  }
});

test.each(["/", "/page/app.js", "/page/events"])(
  "a key in the query of %s is refused, and so is any query",
  async (path) => {
    const service = await TestService.start();

    for (const query of [`api_key=${KEYS.anna}`, `API_KEY=${KEYS.anna}`, "a=b"]) {
      const answer = await service.send("GET", `${path}?${query}`);

      expect([answer.status, (answer.json as { message: string }).message]).toEqual([400, "malformed_request"]);
      expect(answer.text).not.toContain(KEYS.anna);
    }
  },
);

test.each([
  "/page",
  "/page/",
  "/page/nothing.js",
  "/page/../src/index.ts",
  "/page/%2e%2e/package.json",
  "/page/tsconfig.json",
])("%s is no file of the page", async (path) => {
  const service = await TestService.start();

  expect((await service.send("GET", path)).status).toBeGreaterThanOrEqual(400);
});

describe("the findings of a scan", () => {
  const script = {
    default: {
      findings: { xss: [{ finding_description_slug: "x", information: "here" }] },
      descriptions: [{ slug: "x", title: "XSS", baseScore: 6.1 }],
    },
  };

  test("come for the key of a member", async () => {
    const service = await TestService.start({ script });
    const id = await service.createProject();
    const scanId = await service.startScan(id);

    const answer = await service.send("GET", `/page/projects/${id}/scans/${scanId}/findings`);

    expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(answer.json).toMatchObject({ data: { total: 1, findings: [{ severity: "medium", title: "XSS" }] } });
  });

  test.each<[string, string | null, number, string]>([
    ["no key", null, 401, "api_key_missing"],
    ["a wrong key", "nonsense", 401, "api_key_unknown"],
    ["the key of one who is no member", KEYS.bert, 403, "not_your_team"],
  ])("do not come for %s", async (_name, key, status, message) => {
    const service = await TestService.start({ script });
    const id = await service.createProject();
    const scanId = await service.startScan(id);

    const answer = await service.send("GET", `/page/projects/${id}/scans/${scanId}/findings`, { key });

    expect([answer.status, answer.json]).toEqual([status, { message }]);
  });

  test("do not come while the scan runs, nor of a scan of another project", async () => {
    const service = await TestService.start({ script: { default: { durationSeconds: 10 } } });
    const [one, two] = [await service.createProject(), await service.createProject()];
    const scanId = await service.startScan(one);

    const running = await service.send("GET", `/page/projects/${one}/scans/${scanId}/findings`);
    const foreign = await service.send("GET", `/page/projects/${two}/scans/${scanId}/findings`);

    expect([running.status, foreign.status]).toEqual([409, 404]);
  });
});

test("the control interface's log of API requests has none of the page", async () => {
  const service = await TestService.start({ control: true });

  await service.send("GET", "/");
  const { json } = await service.send("GET", "/control/requests");

  expect(json).toMatchObject({ data: { requests: [] } });
});
