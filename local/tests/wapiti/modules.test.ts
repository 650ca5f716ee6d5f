import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SERVICE_SCANNERS } from "../../src/scanners/scanner";
import { CATEGORIES } from "../../src/scanners/wapiti/categories";
import { MODULES, type ModuleEntry } from "../../src/scanners/wapiti/module-table";
import { checkModules, passiveModulesOf, runModulesOf, scannerOfModule } from "../../src/scanners/wapiti/modules";
import { WAPITI_VERSIONS } from "../../src/scanners/wapiti/python";
import { createWapitiScanner } from "../../src/scanners/wapiti";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "./real";

jest.setTimeout(REAL_TIMEOUT_MS);

const TABLE = Object.entries<ModuleEntry>(MODULES);

describe("scannerOfModule", () => {
  it.each([
    ["timesql", "sqlinjection"],
    ["shellshock", "commandinjection"],
    ["file", "fileinclusion"],
    ["permanentxss", "xss"],
    ["cookieflags", "ssl"],
    ["wapp", "fingerprinting"],
    ["log4shell", "cve"],
    ["redirect", "fuzzer"],
    ["a_new_one", "fuzzer"],
  ])("files %s under %s", (module, scanner) => {
    expect(scannerOfModule(module)).toBe(scanner);
  });
});

describe("runModulesOf", () => {
  it("takes for each release what it has, and nothing that has a reason against it", () => {
    const newOnes = ["information_disclosure", "stacktrace_disclosure", "inconsistent_redirection"];

    expect(runModulesOf("3.2.3")).toHaveLength(16);
    expect(runModulesOf("3.3.2")).toEqual([...runModulesOf("3.2.3"), ...newOnes]);
    for (const module of runModulesOf("3.3.2"))
      expect(TABLE).toContainEqual([module, expect.not.objectContaining({ whyNot: expect.anything() as string })]);
  });

  it("asks for xss before permanentxss, which goes on from what that found", () => {
    expect(runModulesOf("3.2.3").slice(0, 2)).toEqual(["xss", "permanentxss"]);
  });

  it("leaves the scanners without a module missing", () => {
    const ran = new Set(runModulesOf("3.3.2").map(scannerOfModule));

    expect(SERVICE_SCANNERS.filter((scanner) => !ran.has(scanner))).toEqual([
      ...["cve", "deserialization", "fingerprinting", "portscan"],
    ]);
  });
});

describe("passiveModulesOf", () => {
  it("names what a release runs along with its crawl", () => {
    expect(passiveModulesOf("3.3.2", ["xss", "csp", "stacktrace_disclosure"])).toEqual([
      "csp",
      "stacktrace_disclosure",
    ]);
    expect(passiveModulesOf("3.2.3", ["xss", "csp"])).toEqual([]);
  });
});

describe("checkModules", () => {
  it.each([[["xss", "sql"]], [["timesql", "methods"]], [["a_new_one"]]])("lets %p through", (modules) => {
    expect(() => {
      checkModules(modules);
    }).not.toThrow();
  });

  it.each([
    [[], /at least one module/],
    [["xss", "takeover"], /takeover.*bypassing the proxy/],
    [["log4shell"], /bypassing the proxy/],
    [["ssl"], /bypassing the proxy/],
    [["https_redirect"], /bypassing the proxy/],
    [["all"], /"all" is not a valid name of a scanner module/],
    [["common"], /not a valid name of a scanner module/],
    [["-xss"], /not a valid name of a scanner module/],
    [["xss:get"], /not a valid name of a scanner module/],
    [["xss,all"], /not a valid name of a scanner module/],
  ])("refuses %p", (modules, problem) => {
    expect(() => {
      checkModules(modules);
    }).toThrow(problem);
  });
});

/** Prints the modules of a release, and for those asked for the categories that each can report. */
const PROBE = `
import importlib, json, sys
from wapitiCore.definitions.base import FindingBase
try:
    from wapitiCore.attack.modules.core import all_modules
except ImportError:
    from wapitiCore.attack.attack import all_modules
def load(name):
    for place in ("mod_" + name, "modules.passive.mod_" + {"cookieflags": "cookie_flags"}.get(name, name)):
        try:
            return importlib.import_module("wapitiCore.attack." + place)
        except ModuleNotFoundError:
            pass
    raise SystemExit("no module " + name)
def reports(name):
    kinds = vars(load(name)).values()
    return sorted({k.name() for k in kinds if isinstance(k, type) and issubclass(k, FindingBase) and k is not FindingBase})
print(json.dumps({"all": sorted(all_modules), "reports": {name: reports(name) for name in sys.argv[1:]}}))
`;

function probe(version: string): { all: string[]; reports: Record<string, string[]> } {
  const python = join(CACHE_DIR, `wapiti-${version}`, "bin", "python");
  const output = execFileSync(python, ["-I", "-c", PROBE, ...runModulesOf(version)], { env: { HOME: "/" } });
  return JSON.parse(output.toString()) as ReturnType<typeof probe>;
}

describeReal("the installed release", () => {
  beforeAll(() => createWapitiScanner({ cacheDir: CACHE_DIR }));

  it("has exactly the modules of the table, and an entry for every category that a run can report", () => {
    const version = WAPITI_VERSIONS.find((release) => existsSync(join(CACHE_DIR, `wapiti-${release}`))) ?? "3.2.3";
    const { all, reports } = probe(version);
    const known = TABLE.filter(([, { onlyIn = version }]) => onlyIn === version).map(([module]) => module);

    expect(all).toEqual(known.sort());
    expect(
      Object.values(reports)
        .flat()
        .filter((category) => !CATEGORIES.has(category)),
    ).toEqual([]);
    expect(reports["csrf"]).toEqual(["Cross Site Request Forgery"]);
  });
});
