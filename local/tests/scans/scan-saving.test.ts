import type { ScanOutcome } from "../../src/scanners/scanner";
import { createScanSaving } from "../../src/scans/scan-saving";

const OUTCOME: ScanOutcome = { state: "finished", findings: {}, descriptions: [], errors: [] };

function failing(times: number): { calls: number; saveProgress: () => void; saveOutcome: () => void } {
  const store = {
    calls: 0,
    saveProgress: () => {
      throw new Error("database is locked");
    },
    saveOutcome: () => {
      store.calls += 1;
      if (store.calls <= times) throw new Error("database or disk is full");
    },
  };
  return store;
}

test("an outcome is tried again until it is saved, and each failure is said", async () => {
  const store = failing(1);
  const logged: string[] = [];
  const saving = createScanSaving({ scans: store, isClosed: () => false, log: (line) => logged.push(line) });

  await saving.saveOutcome(7, OUTCOME, 0);

  expect(store.calls).toBe(2);
  expect(logged).toEqual(["crashtest-local could not save the outcome of scan 7: database or disk is full"]);
});

test("a service that ends waits for no database", async () => {
  const store = failing(Infinity);
  const saving = createScanSaving({ scans: store, isClosed: () => true, log: () => undefined });

  await expect(saving.saveOutcome(7, OUTCOME, 0)).resolves.toBeUndefined();
  expect(store.calls).toBe(1);
});

test("progress that cannot be saved is no more than a line in the log", () => {
  const logged: string[] = [];
  const saving = createScanSaving({ scans: failing(0), isClosed: () => false, log: (line) => logged.push(line) });

  saving.saveProgress(7, { message: "found 3 URLs" });

  expect(logged).toEqual(["crashtest-local could not save the progress of scan 7: database is locked"]);
});
