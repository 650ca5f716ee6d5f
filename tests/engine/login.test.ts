import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Scanner } from "../../local/src";
import { createWapitiScanner } from "../../local/src/scanners/wapiti";
import { COOKIE, KEY, KINDS, loginSite, USER, type Kind, type LoginSite } from "../../local/tests/wapiti/login-site";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "../../local/tests/wapiti/real";
import { startServer } from "../../local/tests/wapiti/servers";
import { endWithTest, temporaryFolder } from "./stack/ending";
import { literal } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";
import { VeracodeService } from "./stack/veracode-service";

jest.setTimeout(REAL_TIMEOUT_MS);

const WRONG = "wrong-password-31c0";
const BASIC = Buffer.from(`${USER.username}:${USER.password}`).toString("base64");
const SECRETS = [USER.password, KEY.value, COOKIE.value, WRONG, BASIC];

/** An API that no page links to. Its hole is that it answers with HTML. */
const DOCUMENT = `openapi: 3.0.3
info: { title: Items, version: "1" }
paths:
  /api/items:
    get:
      parameters: [{ name: name, in: query, schema: { type: string } }]
      responses: { "200": { description: The items. } }
`;

async function startSite(options?: LoginSite): Promise<string> {
  const { answer } = loginSite(options);
  const site = await startServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://site.invalid");
    if (url.pathname !== "/api/items") answer(request, response);
    else response.writeHead(200, { "Content-Type": "text/html" }).end(`<p>${url.searchParams.get("name") ?? ""}</p>`);
  });
  endWithTest(() => site.close());
  return site.url.href;
}

/** What a scan is told, and the settings of its gate. @default settings `{ advisory: true }` */
interface Told {
  url: string;
  login?: object;
  apiSpecification?: object;
  trigger?: number;
  settings?: object;
}

const program = (scans: Readonly<Record<string, Told>>): string => `
exports.verdicts = {};
exports.statuses = {};
for (const [name, { url, trigger = 1, settings = { advisory: true }, ...told }] of Object.entries(${literal(scans)})) {
  const project = new crashtest.Project(name, { url, authorizedToScan: true });
  const scan = new crashtest.Scan(name + "-scan", { projectId: project.projectId, triggers: [trigger], ...told });
  const gate = new crashtest.ScanGate(name + "-gate", { scan, failOn: "medium", pollIntervalSeconds: 1, ...settings });
  exports.verdicts[name] = gate.verdict;
  exports.statuses[name] = gate.status;
}`;

/** All files below a folder whose content has one of the texts. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
  return paths.filter((path) => {
    if (!statSync(path).isFile()) return false;
    const content = readFileSync(path, "latin1");
    return texts.some((text) => content.includes(text));
  });
}

interface Outputs {
  verdicts: Record<string, { reason: string; message: string; findingCounts?: { medium: number } }>;
  statuses: Record<string, { isLoginConfirmed?: boolean; reason?: string }>;
}

describeReal("scans behind a login, with the real scanner", () => {
  const startScanner = (logDir?: string): Promise<Scanner> =>
    createWapitiScanner({ cacheDir: CACHE_DIR, modules: ["xss"], ...(logDir !== undefined && { logDir }) });

  test("each way in finds what is behind it, a login that fails closes the gate, and nothing keeps a password", async () => {
    const data = temporaryFolder("login-data");
    const scanner = await startScanner(join(data, "logs"));
    const service = await TestService.start({}, { scanner, dataDir: data });
    const stack = Stack.create({ program: "", environment: service.environment });
    const startBodies = async (): Promise<unknown[]> => {
      const requests = await service.requests();
      await service.takeLog();
      return requests.filter(({ operation }) => operation === "startScan").map(({ body }) => body);
    };
    const url = await startSite();
    const ended = await startSite({ pagesPerSession: 8, maxLogins: 1 });
    const formAt = (site: string, password = USER.password): object => ({ url: `${site}login`, ...USER, password });
    const checkOf = (kind: Kind, contains = "Hello Anna"): object => ({ url: `${url}${kind}/account`, contains });
    const wrong = { form: formAt(url, WRONG) };
    const scans: Record<string, Told> = {
      none: { url },
      document: { url, apiSpecification: { inline: DOCUMENT } },
      basic: { url, login: { basic: USER, check: checkOf("basic") } },
      form: { url, login: { form: formAt(url), check: checkOf("form") } },
      headers: { url, login: { headers: [KEY], check: checkOf("headers") } },
      cookies: { url, login: { cookies: [COOKIE], check: checkOf("cookies") } },
      wrong: { url, login: wrong },
      ended: { url: ended, login: { form: formAt(ended) } },
      unseen: { url, login: { form: formAt(url), check: checkOf("form", "Hello Bert") } },
    };
    stack.write(program(scans));
    const output = await stack.up();
    const { verdicts, statuses } = (await stack.outputs()) as unknown as Outputs;
    const mediumOf = (name: string): unknown => [verdicts[name]?.reason, verdicts[name]?.findingCounts?.medium];

    expect(mediumOf("none")).toEqual(["passed", 0]);
    for (const name of ["document", ...KINDS]) expect(mediumOf(name)).toEqual(["findings", 1]);
    for (const name of KINDS) expect(statuses[name]).toMatchObject({ isLoginConfirmed: true });
    for (const name of ["wrong", "ended", "unseen"]) {
      expect(verdicts[name]).toMatchObject({
        reason: "scanFailed",
        message: expect.stringContaining("login_failed: ") as string,
      });
    }
    expect(await startBodies()).toHaveLength(Object.keys(scans).length);

    // A scan that failed is started anew by each run, so those stay in the program no longer.
    const formScan = (trigger: number, told: object): string =>
      program({ form: { url, trigger, settings: {}, ...told } });
    stack.write(formScan(1, { login: wrong }));
    const closed = await stack.upFails();

    expect(closed).toContain("gate closed (findings): scan ");
    expect(closed).toContain("GET /form/search, parameter q");
    expect(await startBodies()).toEqual([]);

    stack.write(formScan(2, { login: wrong }));
    const refused = await stack.upFails();

    expect(refused).toMatch(/gate closed \(scanFailed\): scan \d+ failed.*login_failed: /s);

    stack.write(formScan(3, {}));
    const without = await stack.up();

    expect((await startBodies()).at(-1)).toEqual({ application_authentication: [] });
    expect(without).toContain("gate open");
    const isTold = (text: string): boolean => SECRETS.some((secret) => text.includes(secret));
    expect([output, closed, refused, without].filter(isTold)).toEqual([]);
    for (const [folder, plain] of [
      [join(stack.folder, "state"), "loginKinds"],
      [data, "requests passed on"],
    ] as const) {
      expect(filesWith(folder, [plain])).not.toEqual([]);
      expect(filesWith(folder, SECRETS)).toEqual([]);
    }
  });

  test("at Veracode, the target has the login for as long as the program, and a scan that logs in with it", async () => {
    const service = await VeracodeService.start({}, { scanner: await startScanner() });
    const stack = Stack.create({ program: "", environment: service.environment });
    const url = await startSite();
    const login = {
      form: { url: `${url}login`, ...USER },
      headers: [KEY],
      check: { url: `${url}form/account`, contains: "Anna" },
    };
    const changesOf = async (): Promise<string[]> =>
      (await service.takeChanges()).map((line) => line.replace(/(analysis_profiles)\/\w+/, "$1/ID"));

    stack.write(program({ account: { url, login, settings: {} } }));
    const closed = await stack.upFails();
    const changesOfLogin = await changesOf();
    stack.write(program({ account: { url, trigger: 2, settings: {} } }));
    const opened = await stack.up();

    for (const kind of ["form", "headers"]) expect(closed).toContain(`/${kind}/search`);
    expect(changesOfLogin).toEqual([
      "POST /targets",
      "PUT /analysis_profiles/ID/application_authentication",
      "PUT /analysis_profiles/ID/parameter_authentications",
      "POST /analysis_run",
    ]);
    expect(opened).toContain("gate open");
    expect(await changesOf()).toEqual(changesOfLogin.slice(1));
    expect(
      [closed, opened, stack.state().text].filter((text) => SECRETS.some((secret) => text.includes(secret))),
    ).toEqual([]);
  });
});
