import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "pulumi-crashtest/client";
import { startLocalService, type LocalService } from "../../local/src";
import { createWapitiScanner } from "../../local/src/scanners/wapiti";
import { cacheRoot, REPOSITORY_ROOT } from "../engine/cache";
import { formatDocument, withoutTimes } from "./document";
import { CASES } from "./holes";
import { judgeHoles, problemsOf, type ShopScan } from "./judgement";
import { scanShop } from "./scan-shop";

const DOCUMENT = join(REPOSITORY_ROOT, "docs/holes.md");
const TEAM_ID = 1;
const USAGE = `npm run holes              scans the shop with each hole on and off, and writes docs/holes.md
npm run holes -- --check   compares with docs/holes.md instead of writing it`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function scanAll(service: LocalService): Promise<ShopScan[]> {
  const client = createClient({ endpoint: service.url, apiKey: service.apiKeys["demo"] ?? "" });
  const scans: ShopScan[] = [];
  try {
    for (const shopCase of CASES) {
      const scan = await scanShop(client, TEAM_ID, shopCase);
      say(`shop with ${shopCase.title}: ${scan.findings.length} findings in ${Math.round(scan.durationSeconds)} s`);
      scans.push(scan);
    }
  } finally {
    await client.close();
  }
  return scans;
}

function settle(document: string, isCheck: boolean): string[] {
  if (!isCheck) {
    writeFileSync(DOCUMENT, document);
    say("Written: docs/holes.md");
    return [];
  }
  const isSame = withoutTimes(readFileSync(DOCUMENT, "utf8")) === withoutTimes(document);
  if (isSame) return [];
  say(document);
  return ["docs/holes.md differs from the results of the scans (above): run npm run holes"];
}

async function main(): Promise<void> {
  const options = { check: { type: "boolean", default: false }, help: { type: "boolean", default: false } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    say(USAGE);
    return;
  }
  const scanner = await createWapitiScanner({ cacheDir: cacheRoot(process.env), log: say });
  const service = await startLocalService({ scanner });
  try {
    const scans = await scanAll(service);
    const results = judgeHoles(scans);
    const problems = [...problemsOf(scans, results), ...settle(formatDocument(scans, results), values.check)];
    for (const problem of problems) say(problem);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    await service.close();
  }
}

main().catch((error: unknown) => {
  say(`No table: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
