import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJunit } from "pulumi-crashtest/findings";
import type { SarifLog } from "../../findings/formats/sarif-log";
import { runCommand } from "../unit/cli/run-command";
import { notesIn, resultsIn, schemaErrors } from "../unit/findings/formats/sarif-reader";
import { inOwnFolder } from "./own-folder";
import { ContractService, type Things } from "./contract-service";

let service: ContractService;
let things: Things;
const folder = inOwnFolder();

beforeAll(async () => {
  service = await ContractService.start({
    script: {
      default: {
        findings: {
          sqlinjection: [{ finding_description_slug: "sql-injection", information: "The table of users can be read." }],
          xss: [{ finding_description_slug: "xss", information: "Reflected text" }],
        },
        descriptions: [
          { slug: "sql-injection", title: "SQL injection", baseScore: 9.8 },
          { slug: "xss", title: "Cross-site scripting", baseScore: 6.1 },
        ],
        errors: [{ scanner: "portscan", message: "no route to the host" }],
      },
    },
  });
  things = await service.createScan();
});

afterAll(() => service.close());

/** Without the key, as a machine has it that knows the webhook alone. */
const byWebhook = (...args: string[]) =>
  runCommand([...args, "--scan", things.scanId], {
    environment: {
      CRASHTEST_ENDPOINT: service.environment["CRASHTEST_ENDPOINT"] ?? "",
      CRASHTEST_WEBHOOK: things.webhook,
    },
  });

test("report by webhook needs no key, and gives XML", async () => {
  const { exitCode, stderr } = await byWebhook("report");

  expect(exitCode).toBe(0);
  expect(stderr).toContain("is in report.xml");
  expect(parseJunit(readFileSync(join(folder(), "report.xml"), "utf8")).findings).toHaveLength(2);
});

test("report by webhook makes SARIF from the XML report, and names the scanner that broke", async () => {
  const { exitCode, stdout, stderr } = await byWebhook("report", "--format", "sarif", "--output", "-");
  const log = JSON.parse(stdout) as SarifLog;

  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(schemaErrors(log)).toEqual([]);
  expect(resultsIn(log).map(({ level }) => level)).toEqual(["error", "warning"]);
  expect(notesIn(log).join()).toContain("portscan (no route to the host)");
});

test("findings by webhook are one request of the XML report", async () => {
  await service.forgetRequests();

  await byWebhook("findings");

  expect((await service.requests()).filter(({ path }) => path.includes("/report"))).toHaveLength(1);
});
