import { STATUS_CODES } from "pulumi-crashtest/client";
import { isUnderWay, SCAN_STATES } from "../../../../service/scan-status";
import { scanStateOf, statusCodeTable } from "../../../../service/client/status-codes";

test("the table is the vendor's, and what is assumed above 101", () => {
  expect(STATUS_CODES).toEqual({ 100: "queued", 101: "running", 102: "finished", 103: "stopped", 104: "failed" });
});

test("overrides add codes and replace known ones", () => {
  const table = statusCodeTable({ 103: "failed", 200: "finished" });

  expect([100, 103, 200].map((code) => scanStateOf(code, table))).toEqual(["queued", "failed", "finished"]);
});

test.each([-1, 0, 99, 105, 1_000])("the code %i, which is in no table, is unknown", (code) => {
  expect(scanStateOf(code, statusCodeTable({}))).toBe("unknown");
});

test("of all states only queued and running are under way", () => {
  expect(SCAN_STATES.filter(isUnderWay)).toEqual(["queued", "running"]);
});
