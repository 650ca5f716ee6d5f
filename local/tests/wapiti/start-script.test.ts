import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonOf, wapitiCommand } from "../../src/scanners/wapiti/arguments";
import { WAPITI_VERSIONS } from "../../src/scanners/wapiti/python";
import { createWapitiScanner } from "../../src/scanners/wapiti";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "./real";

jest.setTimeout(REAL_TIMEOUT_MS);

/** Stands in for Wapiti: answers with a redirect to each of its arguments, and prints where the client would go. */
const PROBE = `
import json, sys, httpx
def answer(request):
    return httpx.Response(302, headers=[(b"Location", request.url.params["to"].encode())])
def next_of(client, location):
    response = client.get("http://site.invalid/go", params={"to": location})
    return str(response.next_request.url) if response.next_request else None
with httpx.Client(transport=httpx.MockTransport(answer)) as client:
    print(json.dumps([next_of(client, location) for location in sys.argv[1:]]))
`;

const USABLE: readonly [string, string][] = [
  ["/home?a=b#c", "http://site.invalid/home?a=b#c"],
  ["home", "http://site.invalid/home"],
  ["../../etc/passwd", "http://site.invalid/etc/passwd"],
  ["//other.invalid/", "http://other.invalid/"],
  ["https://other.invalid:8443/a", "https://other.invalid:8443/a"],
];
const UNUSABLE = [
  "data:;base64,PD9waHAgZWNobyAndzRwMXQxJzs/Pg==",
  "C:\\Windows\\System32\\drivers\\etc\\services",
  "go::$DATA",
  "file://C:\\Windows\\System32",
  "http://www.example.invalid: 3.2.3",
  "http:home",
  "x:%2Fhome",
];

describeReal("the script that starts the scanner", () => {
  let folder: string;
  let output: string;
  beforeAll(async () => {
    await createWapitiScanner({ cacheDir: CACHE_DIR });
    folder = await mkdtemp(join(tmpdir(), "crashtest-start-"));
    const probe = join(folder, "probe.py");
    await writeFile(probe, PROBE);
    const version = WAPITI_VERSIONS.find((release) => existsSync(join(CACHE_DIR, `wapiti-${release}`))) ?? "";
    const venv = join(CACHE_DIR, `wapiti-${version}`);
    const inputs = { venv, workDir: folder, target: new URL("http://site.invalid/"), proxyUrl: "", modules: [] };
    const command = wapitiCommand({ ...inputs, crawlLimitSeconds: 1, moduleLimitSeconds: 1 });
    const [, ...start] = command.slice(0, command.indexOf(join(venv, "bin", "wapiti")));
    const locations = [...USABLE.map(([location]) => location), ...UNUSABLE];
    output = execFileSync(pythonOf(venv), [...start, probe, ...locations], { env: { HOME: "/" }, encoding: "utf8" });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("lets redirects through, and takes a Location that leads nowhere for none", () => {
    expect(JSON.parse(output)).toEqual([...USABLE.map(([, url]) => url), ...UNUSABLE.map(() => null)]);
  });
});
