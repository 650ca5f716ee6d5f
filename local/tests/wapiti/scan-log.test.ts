import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openScanLog } from "../../src/scanners/wapiti/scan-log";

let folder: string;
let problems: string[];
const onProblem = (message: string): number => problems.push(message);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crashtest-log-"));
  problems = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const textOf = (scanId: number): Promise<string> => readFile(join(folder, "logs", `scan-${scanId}.log`), "utf8");

describe("openScanLog", () => {
  it("keeps lines and notes in a file that only its owner can read", async () => {
    const log = await openScanLog({ logDir: join(folder, "logs"), scanId: 3, onProblem });
    log.line("one");
    log.note("two");
    await log.close();

    expect(await textOf(3)).toBe("one\ntwo\n");
    expect((await stat(join(folder, "logs", "scan-3.log"))).mode & 0o777).toBe(0o600);
    expect(problems).toEqual([]);
  });

  it.each([
    "cookie: a=b",
    "    Cookie: a=b",
    "Set-Cookie: a=b",
    "authorization: Basic eA==",
    "Proxy-Authorization: x",
    "  └ {'host': 'a', 'cookie': 'a=b'}",
    "(b'Cookie', b'a=b')",
  ])("leaves out %p", async (line) => {
    const log = await openScanLog({ logDir: join(folder, "logs"), scanId: 3, onProblem });
    log.line(line);
    log.line("HttpOnly flag is not set in the cookie : SID");
    await log.close();

    expect(await textOf(3)).toBe("HttpOnly flag is not set in the cookie : SID\n");
  });

  it("is cut at its bound, says so once, and still takes notes", async () => {
    const log = await openScanLog({ logDir: join(folder, "logs"), scanId: 3, onProblem, maxBytes: 8 });
    for (const line of ["123", "456", "789", "a"]) log.line(line);
    log.note("the end");
    await log.close();

    expect(await textOf(3)).toBe(
      "123\n456\n[the log is truncated here: the scanner printed more than 8 bytes]\nthe end\n",
    );
  });

  it("replaces the log of an earlier scan with the same number", async () => {
    for (const text of ["an earlier one", "new"]) {
      const log = await openScanLog({ logDir: join(folder, "logs"), scanId: 3, onProblem });
      log.line(text);
      await log.close();
    }

    expect(await textOf(3)).toBe("new\n");
  });

  it("tells once where it cannot be kept, and lets the scan go on", async () => {
    await writeFile(join(folder, "file"), "");
    const log = await openScanLog({ logDir: join(folder, "file", "logs"), scanId: 3, onProblem });
    log.line("one");
    await log.close();

    expect(problems).toEqual([expect.stringContaining("ENOTDIR")]);
  });

  it("tells where the file itself cannot be written", async () => {
    const logDir = join(folder, "logs");
    await (await openScanLog({ logDir: join(logDir, "scan-3.log"), scanId: 1, onProblem })).close();
    const log = await openScanLog({ logDir, scanId: 3, onProblem });
    log.line("one");
    await log.close();

    expect(problems).toEqual([expect.stringContaining("EISDIR")]);
  });

  it("keeps nothing where no folder is named", async () => {
    const log = await openScanLog({ logDir: undefined, scanId: 3, onProblem });
    log.line("one");

    await expect(log.close()).resolves.toBeUndefined();
  });
});
