import { runCommand } from "./run-command";

/** What `pulumi stack export` prints of a stack with one scan. */
const stateOf = (service: object): string =>
  JSON.stringify({
    deployment: {
      resources: [
        {
          urn: "urn:pulumi:dev::shop::crashtest:Scan::nightly",
          type: "pulumi-nodejs:dynamic/crashtest:Scan",
          outputs: { projectId: "7", scanId: "31", service: { origin: "https://api.example.com", ...service } },
        },
      ],
    },
  });

const [CRASHTEST, VERACODE] = ["Crashtest Security", "Veracode DAST Essentials"];

test.each([
  ["veracode", { kind: "veracode" }, "crashtest", VERACODE, CRASHTEST],
  ["crashtest", {}, "veracode", CRASHTEST, VERACODE],
])("a stack at %s says what to set where another service is chosen", async (kind, noted, chosen, at, asked) => {
  const environment = { CRASHTEST_SERVICE: chosen };

  const { exitCode, stderr } = await runCommand(["status", "--state", "-"], { environment, stdin: stateOf(noted) });

  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `The scan of this stack is at ${at}, but this command asks ${asked}. Set CRASHTEST_SERVICE=${kind}. (OTHER_SERVICE)`,
  );
});

const TARGET = "0123456789abcdef0123456789abcdef";

test.each([
  ["veracode", TARGET, "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f", "credentials are missing"],
  ["veracode", "a/b", "31", "--project must be the ID of a target"],
  ["crashtest", TARGET, "31", "--project must be a positive whole number"],
  ["crashtest", "7", "31", "the API key is missing"],
])("IDs are those of %s: project %s, scan %s", async (chosen, project, scan, reason) => {
  const environment = { CRASHTEST_SERVICE: chosen };

  const { exitCode, stderr } = await runCommand(["status", "--project", project, "--scan", scan], { environment });

  expect(exitCode).toBe(2);
  expect(stderr).toContain(reason);
});
