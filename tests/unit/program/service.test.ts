import * as pulumi from "@pulumi/pulumi";
import { programService } from "../../../program/service";
import { clearEnvironment, restoreEnvironment } from "../sdk/environment";
import { forgetProgram, RecordedProgram } from "../sdk/recorded-program";

beforeEach(clearEnvironment);

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

test.each([
  ["67108864", []],
  [
    "100000000",
    ["crashtest:maxReportBytes (or CRASHTEST_MAX_REPORT_BYTES) is above 67108864 (64 MiB), and counts as that"],
  ],
])("of a maxReportBytes of %s a program is told once what it counts as", async (bytes, warnings) => {
  await RecordedProgram.start({ config: { "crashtest:maxReportBytes": bytes } });
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);

  programService();
  programService();

  expect(warn.mock.calls.map(([text]) => text)).toEqual(warnings);
});
