import { setTimeout as sleep } from "node:timers/promises";
import type { CrashtestClient, ScanStatus } from "pulumi-crashtest/client";
import { parseFindings } from "pulumi-crashtest/findings";
import { mendOf, type ShopCase } from "./holes";
import type { ShopScan } from "./judgement";
import { startOptionsOf, startShop } from "./shop";

const POLL_MS = 250;

/**
 * Starts the shop of a case, has it scanned as a separate project, and reads the report.
 * @throws Error if the scan does not finish, or was not logged in: it shows nothing about a hole.
 */
export async function scanShop(client: CrashtestClient, teamId: number, shopCase: ShopCase): Promise<ShopScan> {
  const shop = await startShop(mendOf(shopCase));
  try {
    const project = { teamId: String(teamId), name: shopCase.title, url: shop.url, type: "webapp" };
    const { projectId } = await client.projects.createProject(project);
    const startMs = performance.now();
    const { scanId } = await client.scans.startScan(projectId, shopCase.isLoggedIn ? startOptionsOf(shop) : {});
    const status = await untilFinished(client, projectId, scanId);
    if (shopCase.isLoggedIn && status.isLoginConfirmed !== true) throw new Error(`scan ${scanId} was not logged in`);
    const durationSeconds = (performance.now() - startMs) / 1_000;
    const { findings } = parseFindings(await client.reports.readJsonReport({ projectId, scanId }));
    return { shop: shopCase, findings, durationSeconds };
  } finally {
    await shop.stop();
  }
}

/** The service's scanner has its own time limit, so this ends. */
async function untilFinished(client: CrashtestClient, projectId: string, scanId: string): Promise<ScanStatus> {
  for (;;) {
    const status = await client.scans.getScanStatus(projectId, scanId);
    if (status?.state === "finished") return status;
    if (status?.state !== "queued" && status?.state !== "running") {
      throw new Error(`scan ${scanId} ended as ${status?.state ?? "gone"}: ${status?.reason ?? "no reason"}`);
    }
    await sleep(POLL_MS);
  }
}
