import { emptyRunLog, readLine, type RunLog } from "../../src/scanners/wapiti/output";

const MODULES = ["xss", "sql", "csp", "exec"];

function read(lines: string[]): { log: RunLog; progress: string[] } {
  const log = emptyRunLog();
  const progress = lines.flatMap((line) => {
    const step = readLine(log, line, { modules: MODULES, passiveCount: 0 });
    return step === undefined ? [] : [`${step.fraction ?? "?"} ${step.message}`];
  });
  return { log, progress };
}

describe("readLine", () => {
  it("tells what the crawl found and which module of how many runs", () => {
    const { log, progress } = read([
      "[*] Wapiti found 7 URLs and forms during the scan",
      "",
      "[*] Launching module xss",
      "[+] GET http://127.0.0.1:1/ (0)",
      "[*] Launching module sql",
    ]);

    expect(progress).toEqual(["0.1 found 7 URLs and forms", "0.1 module xss (1 of 4)", "0.33 module sql (2 of 4)"]);
    expect(log).toEqual({ ...emptyRunLog(), foundUrls: 7, launched: ["xss", "sql"] });
  });

  it.each([
    ["[!] Unable to find a module named exec", "exec", "no such module"],
    ["[!] Unable to import module sql: no module", "sql", "could not be loaded"],
    ["[!] Module csp seems broken and will be skipped", "csp", "broken"],
    ["[!] Module mod_csp seems broken and will be skipped", "csp", "broken"],
    ["[!] Missing dependencies for module csp:", "csp", "modules that it needs are missing"],
    ["Max attack time was reached for module xss, stopping.", "xss", "ran out of time"],
    ["Traceback (most recent call last):", "xss", "broke on a page"],
    ["An exception occurred in module sql", "sql", "broke on a page"],
    ["476 requests were skipped due to network issues", "xss", "476 requests of the module got no answer"],
  ])("takes %p as trouble", (line, module, reason) => {
    const { log } = read(["[*] Launching module xss", line]);

    expect([...log.troubles.keys()]).toEqual([module]);
    expect(log.troubles.get(module)).toContain(reason);
  });

  it.each([
    "8 requests were skipped due to network issues",
    "[!] Module nikto seems broken and will be skipped",
    "    Traceback (most recent call last):",
    "    [!] Unable to find a module named sql",
    "Max scan time was reached, stopping.",
  ])("takes %p as no trouble of a module that was asked for", (line) => {
    expect(read(["[*] Launching module xss", line]).log.troubles.size).toBe(0);
  });

  it.each([
    ["MemoryError", { isOutOfMemory: true }],
    ["MemoryError: no room", { isOutOfMemory: true }],
    ["terminate called after throwing an instance of 'std::bad_alloc'", { isOutOfMemory: true }],
    ["OSError: [Errno 12] Cannot allocate memory", { isOutOfMemory: true }],
    ["    q=MemoryError", { isOutOfMemory: false }],
    ["Max scan time was reached, stopping.", { isCrawlCutOff: true }],
    ["    Max scan time was reached", { isCrawlCutOff: false }],
  ])("takes from %p that %p", (line, expected) => {
    expect(read([line]).log).toMatchObject(expected);
  });

  it("does not take a line of a request's body for the scanner's own", () => {
    const { log } = read([
      "    [*] Launching module sql",
      "[*] Launching module sql and more",
      "data: [*] Launching module csp",
    ]);

    expect(log.launched).toEqual([]);
  });

  it("knows the module behind the file that release 3.3 names", () => {
    const log = emptyRunLog();
    const asked = { modules: ["cookieflags"], passiveCount: 1 };
    readLine(log, "[!] Unable to import module mod_cookie_flags: no", asked);

    expect([...log.troubles.keys()]).toEqual(["cookieflags"]);
  });

  it("counts only modules whose start is told", () => {
    const asked = { modules: MODULES, passiveCount: 1 };

    expect(readLine(emptyRunLog(), "[*] Launching module xss", asked)?.message).toBe("module xss (1 of 3)");
  });
});
