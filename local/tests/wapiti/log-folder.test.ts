import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expiredLogs, MAX_KEPT_LOGS, removeExpiredLogs } from "../../src/scanners/wapiti/log-folder";

test.each<[string, string[], string[]]>([
  ["as many as are kept", ["scan-1.log", "scan-2.log"], []],
  ["one more, by number and not by letters", ["scan-9.log", "scan-10.log", "scan-100.log"], ["scan-9.log"]],
  ["files of others", ["notes.txt", "scan-1.log.gz", "scan-x.log", "scan-3.log", "scan-4.log"], []],
])("%s: what expires", (_name, names, expired) => {
  expect(expiredLogs(names, 2)).toEqual(expired);
});

test("the oldest go, and a folder that is not there is no error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "crashtest-logs-"));
  const ids = Array.from({ length: MAX_KEPT_LOGS + 2 }, (_, index) => index + 1);
  await Promise.all(ids.map((id) => writeFile(join(folder, `scan-${id}.log`), "")));

  await removeExpiredLogs(folder);
  await removeExpiredLogs(join(folder, "missing"));
  const left = await readdir(folder);
  await rm(folder, { recursive: true });

  expect(left).toHaveLength(MAX_KEPT_LOGS);
  expect(left).not.toContain("scan-2.log");
  expect(left).toContain("scan-3.log");
});
