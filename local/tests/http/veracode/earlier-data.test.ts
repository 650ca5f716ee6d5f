import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeEarlierDatabase } from "../../service/earlier-database";
import { TestService } from "../../service/test-service";
import { REST, VeracodeService, type Run, type Target } from "./veracode-service";

let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "crashtest-local-"));
  writeEarlierDatabase(dataDir, 3);
});

afterEach(async () => {
  await TestService.closeAll();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Targets {
  _embedded: { targets: Target[] };
}
interface Runs {
  _embedded: { analysis_runs: Run[] };
}

test("projects and scans of an earlier release are targets and runs, with the same IDs at each start", async () => {
  const first = await VeracodeService.start({ dataDir });
  const before = await first.json<Targets>("GET", `${REST}/targets`, 200);
  const targetId = before._embedded.targets[0]?.target_id ?? "";
  const runs = await first.json<Runs>("GET", `${REST}/targets/${targetId}/analysis_runs`, 200);
  await first.service.service.close();

  const second = await VeracodeService.start({ dataDir });
  const after = await second.json<Targets>("GET", `${REST}/targets`, 200);

  expect(before._embedded.targets).toMatchObject([
    { name: "shop", protocol: "HTTPS", url: "shop.example.com/", target_type: "WEB_APP", scan_type: "QUICK" },
  ]);
  expect(targetId).toMatch(/^[0-9a-f]{32}$/);
  expect(after).toEqual(before);
  expect(runs._embedded.analysis_runs).toMatchObject([
    { scan_number: 3, status: "FAILED", id: 6 },
    { scan_number: 2, status: "FINISHED", id: 5 },
    { scan_number: 1, status: "FINISHED", id: 3 },
  ]);
});

test("a project that was created by one API has its place in the other", async () => {
  const first = await TestService.start({ dataDir });
  await first.service.close();
  const second = await VeracodeService.start({ dataDir });
  const { target_id: targetId } = await second.createTarget({ name: "new" });
  await second.startRun(targetId);
  await second.service.service.close();

  const third = await TestService.start({ dataDir });

  expect((await third.send("GET", "/projects/8/scans/7/status")).status).toBe(200);
});

test("users of an earlier release get a signing key at the first start, and keep it", async () => {
  const startOf = async (): Promise<Readonly<Record<string, { id: string }>>> => {
    const { service } = await TestService.start({ dataDir, api: "veracode", seed: { teams: [], users: [] } });
    await service.close();
    return service.signingKeys;
  };

  const first = await startOf();
  const second = await startOf();

  expect(Object.keys(first)).toEqual(["anna"]);
  expect(first["anna"]?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toEqual({});
});
