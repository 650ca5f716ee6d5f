import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StartScanBody } from "../../src/http/start-request";
import { createRunningClock } from "../../src/index";
import { PROJECT, TestService } from "../service/test-service";
import { COOKIE, KEY, KINDS, startLoginSite, USER, type Kind } from "./login-site";
import { describeReal, REAL_TIMEOUT_MS } from "./real";
import { create } from "./scanning";
import { until } from "./servers";

jest.setTimeout(REAL_TIMEOUT_MS);

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  await TestService.closeAll();
  await Promise.all(opened.splice(0).map((close) => close()));
});

const TOKEN = Buffer.from(`${USER.username}:${USER.password}`).toString("base64");
/** Each secret as it is and as addresses have it, and the beginning of the session's cookies. */
const SECRETS = [USER.password, TOKEN, KEY.value, COOKIE.value, "0123456789abcdef0123"].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams([["", secret]]).toString().slice(1),
]);

const secretsIn = (text: string): string[] => SECRETS.filter((secret) => text.includes(secret));

/** Command lines and environments of all processes that this one has started, directly or not. */
async function startedProcesses(): Promise<string[]> {
  const read = (pid: string, name: string): Promise<string> =>
    readFile(`/proc/${pid}/${name}`, "latin1").catch(() => "");
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = new Map<string, string>();
  for (const pid of pids) parents.set(pid, (await read(pid, "stat")).replace(/^.*\) \S /s, "").split(" ")[0] ?? "");
  const isOurs = (pid: string): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === String(process.pid) || isOurs(parent));
  };
  return Promise.all(
    pids.filter(isOurs).map(async (pid) => `${await read(pid, "cmdline")}\0${await read(pid, "environ")}`),
  );
}

/** All files below a folder, as one text. Reads again if one is gone meanwhile, as two of SQLite's are when it is closed. */
async function contentsOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  try {
    const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")));
    return texts.join("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return contentsOf(folder);
    throw error;
  }
}

function bodyOfKind(kind: Kind, { href }: URL): StartScanBody {
  const check = { login_check: { url: `${href}${kind}/account`, contains: "Hello Anna" } };
  const { username, password } = USER;
  switch (kind) {
    case "basic":
      return { ...check, system_authentication: { basic_auth: USER } };
    case "form":
      return { application_authentication: [{ username, password, url: `${href}login` }] };
    case "headers":
      return { ...check, parameter_authentication: [{ type: "HEADER", key: KEY.name, value: KEY.value }] };
    case "cookies":
      return { ...check, parameter_authentication: [{ type: "COOKIE", key: COOKIE.name, value: COOKIE.value }] };
  }
}

describeReal("a login", () => {
  it.each(KINDS)("by %s is on no command line, in no environment, file, log or report", async (kind) => {
    const dataDir = await mkdtemp(join(tmpdir(), "crashtest-secrets-"));
    opened.push(() => rm(dataDir, { recursive: true, force: true }));
    const site = await startLoginSite();
    opened.push(() => site.close());
    const scanner = await create({ modules: ["xss"], logDir: join(dataDir, "logs") });
    const service = await TestService.start({ scanner, dataDir, clock: createRunningClock() });
    const project = { ...PROJECT, url: site.url.href };
    const created = await service.send("POST", "/projects", { body: project });
    const { id } = (created.json as { data: { id: number } }).data;

    const started = await service.send("POST", `/projects/${id}/scans`, { body: bodyOfKind(kind, site.url) });
    expect(started.status).toBe(201);
    const seen = new Set<string>();
    const status = async (): Promise<number> => {
      for (const text of await startedProcesses()) seen.add(text);
      // Reading all processes takes a while of its own.
      await new Promise((resolve) => setTimeout(resolve, 200));
      return service.statusCode(id, 1);
    };
    await until(async () => (await status()) > 101);

    const reports = await Promise.all(
      ["json", "xml", "pdf"].map((type) => service.send("GET", `/projects/${id}/scans/1/report/${type}`)),
    );
    expect((await service.send("GET", `/projects/${id}/scans/1/status`)).json).toMatchObject({
      data: { status: { status_code: 102, login: "confirmed" } },
    });
    expect([...seen].filter((text) => text.includes("wapiti")).length).toBeGreaterThan(0);
    expect([...seen].flatMap(secretsIn)).toEqual([]);
    expect(reports.flatMap(({ text }) => secretsIn(text))).toEqual([]);
    await service.service.close();
    const kept = await contentsOf(dataDir);
    expect(kept).toContain("running: ");
    expect(secretsIn(kept)).toEqual([]);
    expect(service.logged.flatMap(secretsIn)).toEqual([]);
  });
});
