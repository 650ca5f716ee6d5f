import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command";

const mockLoaded: string[] = [];

jest.mock("@pulumi/pulumi", () => {
  mockLoaded.push("@pulumi/pulumi");
  return {};
});

jest.mock("undici", () => {
  mockLoaded.push("undici");
  return jest.requireActual<object>("undici");
});

test("accept, which asks nobody, loads no HTTP client; no command loads Pulumi's SDK, which takes half a second", async () => {
  const folder = mkdtempSync(join(tmpdir(), "crashtest-test-"));
  const file = ["--file", join(folder, "a.yaml")];

  const accept = await runCommand(["accept", "0a".repeat(32), ...file, "--reason", "x", "--expires", "2026-12-31"]);
  rmSync(folder, { recursive: true });

  expect(accept.exitCode).toBe(0);
  expect(mockLoaded).toEqual([]);

  for (const name of ["report", "status", "findings"]) {
    const { stderr } = await runCommand([name, "--project", "1", "--scan", "1"]);
    expect(stderr).toContain("the API key is missing");
  }
  expect(mockLoaded).toEqual(["undici"]);
});
