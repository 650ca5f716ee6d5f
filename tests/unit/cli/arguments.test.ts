import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, type RunOptions } from "./run-command";

const WEBHOOK = "3f2a1c84-0b6d-4e59-9d27-5a1b2c3d4e5f";
const SCAN = ["--project", "7", "--scan", "31"];
const KEY = { CRASHTEST_API_KEY: "key-of-a-test-90ab" };
const ACCEPT = ["accept", "0a".repeat(32), "--file", "accepted.yaml"];

test.each([[[]], [["--help"]], [["-h"]], [["help"]], [["help", "export"]]])(
  "%j prints the help, with each command and each variable that is its own",
  async (args) => {
    const { exitCode, stdout, stderr } = await runCommand(args);

    expect([exitCode, stderr]).toEqual([0, ""]);
    for (const name of ["report", "status", "findings", "accept", "CRASHTEST_WEBHOOK", "CRASHTEST_API_KEY"]) {
      expect(stdout).toContain(name);
    }
    expect(stdout.split("\n").filter((line) => line.length > 120)).toEqual([]);
  },
);

test.each([
  ["report", ["--project N --scan N", "--state FILE", "--output FILE", "--allow-unfinished", "CRASHTEST_API_KEY"]],
  ["status", ["--project N --scan N", "CRASHTEST_WEBHOOK", "--format NAME", "Exit code: 0 done"]],
  ["findings", ["--project N --scan N", "table or json", "CRASHTEST_ENDPOINT"]],
  ["accept", ["FINGERPRINT", "--file FILE", "--reason TEXT", "--expires DAY"]],
])("%s has a help of its own, however it is asked for", async (name, words) => {
  const { exitCode, stdout, stderr } = await runCommand([name, "--help"]);
  const others = await Promise.all(
    [
      ["help", name],
      [name, "--scan", "1", "-h"],
    ].map((args) => runCommand(args)),
  );

  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`Usage: npx pulumi-crashtest ${name} `);
  for (const word of words) expect(stdout).toContain(word);
  expect(stdout.includes("Which scan")).toBe(name !== "accept");
  expect(stdout.split("\n").filter((line) => line.length > 120)).toEqual([]);
  expect(others.map((other) => other.stdout)).toEqual([stdout, stdout]);
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as { version: string };

  expect(await runCommand(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

const USAGE: readonly [string, string[], string, RunOptions?][] = [
  ["no such command", ["export"], 'unknown command "export": expected report, status, findings, accept'],
  ["a name that every object has", ["toString"], 'unknown command "toString"'],
  ["an unknown option", ["status", ...SCAN, "--team", "1"], "Unknown option '--team'"],
  ["a webhook as an option", ["status", "--scan", "1", "--webhook", WEBHOOK], "Unknown option '--webhook'"],
  ["an option without its value", ["status", "--project", "7", "--scan"], "Option '--scan <value>' argument missing"],
  ["an argument too many", ["status", "31", ...SCAN], "Unexpected argument '31'"],
  ["no scan", ["status", "--project", "7"], "--scan is missing"],
  ["a variable that is not set", ["status", "--project", "7", "--scan", ""], "--scan is empty"],
  ["an ID that is none", ["status", "--project", "seven", "--scan", "31"], "--project must be a positive whole number"],
  [
    "neither project nor webhook",
    ["report", "--scan", "31"],
    "--project is missing; for a scan by webhook set CRASHTEST_WEBHOOK",
  ],
  [
    "a webhook that is none",
    ["report", "--scan", "31"],
    "CRASHTEST_WEBHOOK must be the UUID",
    { environment: { CRASHTEST_WEBHOOK: "https://api.crashtest.cloud/webhook" } },
  ],
  [
    "no such format",
    ["report", ...SCAN, "--format", "docx"],
    "--format must be pdf, xml, json, csv, sarif, junit, markdown, html, but is",
  ],
  ["a format of objects", ["report", ...SCAN, "--format", "toString"], "--format must be pdf, xml, json"],
  ["no such format of a status", ["status", ...SCAN, "--format", "pdf"], '--format must be text, json, but is "pdf"'],
  ["no such format of findings", ["findings", ...SCAN, "--format", "text"], "--format must be table, json"],
  ["an empty output", ["report", ...SCAN, "--output", ""], "--output is empty"],
  [
    "a format that a webhook has not",
    ["report", "--scan", "31", "--format", "json"],
    "json is not available by webhook from Crashtest Security: request xml, or use the project instead of its webhook",
    { environment: { CRASHTEST_WEBHOOK: WEBHOOK } },
  ],
  [
    "a format that the service has not",
    ["report", ...SCAN, "--format", "csv"],
    "csv is not available from Crashtest Security: request one of json, xml, pdf",
  ],
  [
    "a pdf in a terminal",
    ["report", ...SCAN, "--output", "-"],
    "the pdf report cannot be printed to a terminal",
    { isTerminal: true },
  ],
  ["two ways to name a scan", ["status", ...SCAN, "--state", "-"], "--state names the scan: omit --project and --scan"],
  ["a state that is not there", ["status", "--state", "/nowhere/state.json"], "--state cannot be read: ENOENT"],
  [
    "no fingerprint",
    ["accept", "--file", "a.yaml", "--reason", "x", "--expires", "2026-12-31"],
    "the fingerprint of the finding is missing",
  ],
  [
    "a reason without quotes",
    [...ACCEPT, "--reason", "behind", "login", "--expires", "2026-12-31"],
    "accept takes one fingerprint; put a reason of several words in quotes",
  ],
  ["no file", ["accept", "0a".repeat(32), "--reason", "x", "--expires", "2026-12-31"], "--file is missing"],
  ["no reason", [...ACCEPT, "--reason", " ", "--expires", "2026-12-31"], "--reason is empty"],
  [
    "a day of no calendar",
    [...ACCEPT, "--reason", "x", "--expires", "2026-02-30"],
    "--expires must be a calendar date",
  ],
  [
    "a day that has passed",
    [...ACCEPT, "--reason", "x", "--expires", "2026-06-14"],
    "--expires must be today (in UTC) or later, but is 2026-06-14",
  ],
  [
    "the beginning of a fingerprint",
    ["accept", "0a".repeat(16), "--file", "a.yaml", "--reason", "x", "--expires", "2026-12-31"],
    "FINGERPRINT must be the fingerprint of a finding: 64 lower-case hexadecimal digits",
  ],
];

test.each(USAGE)(
  "%s ends with 2, and says what is wrong and where to read on",
  /** The default keeps jest from handing on a `done` in its place, for which it would wait. */
  async (_what, args, reason, options: RunOptions = {}) => {
    const { exitCode, stdout, stderr } = await runCommand(args, { environment: KEY, ...options });

    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`pulumi-crashtest: ${reason}`);
    const helped = args[0] === "export" || args[0] === "toString" ? "" : ` ${args[0] ?? ""}`;
    expect(stderr).toContain(`Run npx pulumi-crashtest${helped} --help for its arguments.`);
    expect(stderr).not.toContain(WEBHOOK);
  },
);

test("without a key nothing is asked, and it is said how one is handed on", async () => {
  const { exitCode, stderr } = await runCommand(["findings", ...SCAN]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)"');
  expect(stderr).toContain("(CONFIGURATION_INVALID)");
});

test("settings that cannot be used are named all at once, without their values", async () => {
  const environment = { CRASHTEST_ENDPOINT: "ftp://elsewhere", CRASHTEST_MAX_REPORT_BYTES: "many" };

  const { exitCode, stderr } = await runCommand(["status", ...SCAN], { environment });

  expect(exitCode).toBe(2);
  expect(stderr).toContain("CRASHTEST_ENDPOINT");
  expect(stderr).toContain("CRASHTEST_MAX_REPORT_BYTES");
  expect(stderr).not.toMatch(/elsewhere|many/);
});
