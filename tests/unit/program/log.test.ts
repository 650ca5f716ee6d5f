import * as pulumi from "@pulumi/pulumi";
import { say, sayEphemeral, showTable, reportedError } from "../../../program/log";

const HOSTILE = "one <{%zzz%}>\ntwo \u001B[2J";
const PLAIN = "one \uFFFD{%zzz%}>\ntwo \uFFFD[2J";
const ROW = Object.create(pulumi.Resource.prototype) as pulumi.Resource;

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  for (const how of ["info", "warn"] as const) {
    jest.spyOn(pulumi.log, how).mockImplementation((...[text]) => {
      told.push(text);
      return Promise.resolve();
    });
  }
});
afterEach(() => {
  jest.restoreAllMocks();
});

test("nothing is said that could steer a terminal or the engine", () => {
  say("info", HOSTILE, ROW);
  say("warn", HOSTILE, ROW);
  sayEphemeral(HOSTILE, ROW);

  expect(told).toEqual([PLAIN, PLAIN, PLAIN]);
});

test("a table keeps the colours of severities, and no others", () => {
  showTable(`<{%fg 1%}>high<{%reset%}> ${HOSTILE}`, ROW);

  expect(told).toEqual([`<{%fg 1%}>high<{%reset%}> ${PLAIN}`]);
});

test("an error is told without a stack, and as safely", () => {
  const { message, stack } = reportedError(HOSTILE);

  expect([message, stack]).toEqual([PLAIN, PLAIN]);
});
