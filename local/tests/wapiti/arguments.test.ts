import { existsSync } from "node:fs";
import { formatCommand, wapitiCommand, wapitiEnvironment } from "../../src/scanners/wapiti/arguments";
import { runModulesOf } from "../../src/scanners/wapiti/modules";

const command = wapitiCommand({
  venv: "/cache/wapiti-1",
  workDir: "/cache/run 1",
  target: new URL("http://127.0.0.1:8801/shop/#top"),
  proxyUrl: "http://127.0.0.1:8899/",
  modules: runModulesOf("3.2.3"),
  crawlLimitSeconds: 300,
  moduleLimitSeconds: 200,
});

function valueOf(option: string): string | undefined {
  return command[command.indexOf(option, 4) + 1];
}

describe("wapitiCommand", () => {
  it("starts the script with the environment's own interpreter, apart from all other modules", () => {
    expect(command.slice(0, 3)).toEqual(["/cache/wapiti-1/bin/python", "-I", "-u"]);
    expect(existsSync(command[3] ?? "")).toBe(true);
    expect(command[4]).toBe("/cache/wapiti-1/bin/wapiti");
  });

  it.each([
    ["-u", "http://127.0.0.1:8801/shop/"],
    [
      "-m",
      "xss,permanentxss,sql,file,exec,shellshock,xxe,csrf,ldap,redirect,crlf,upload,backup,http_headers,cookieflags,csp",
    ],
    ["--max-scan-time", "300"],
    ["--max-attack-time", "200"],
    ["-p", "http://127.0.0.1:8899/"],
    ["--dns-endpoint", "localhost"],
    ["--endpoint", "http://127.0.0.1:9/"],
    ["-o", "/cache/run 1/report.json"],
    ["--store-session", "/cache/run 1/session"],
    ["--store-config", "/cache/run 1/config"],
  ])("gives %s the value %s", (option, value) => {
    expect(valueOf(option)).toBe(value);
  });

  it("sends no bug reports", () => {
    expect(command).toContain("--no-bugreport");
  });
});

describe("wapitiEnvironment", () => {
  it("holds nothing of the caller's", () => {
    expect(wapitiEnvironment("/w")).toEqual({ PATH: "/usr/bin:/bin", HOME: "/w/home", TMPDIR: "/w", LANG: "C.UTF-8" });
  });
});

describe("formatCommand", () => {
  it("quotes what a shell would take apart, and nothing else", () => {
    expect(formatCommand(["/a b/python", "-u", "http://x/?a=1&b=2", "it's", "a,b"])).toBe(
      `'/a b/python' -u 'http://x/?a=1&b=2' 'it'\\''s' a,b`,
    );
  });
});
