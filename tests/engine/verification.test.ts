import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";
import { FILE_CLASS, WebSite } from "./stack/web-site";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ABSENT = ["absent", "absent", "absent"];

let service: TestService;
let site: WebSite;
let stack: Stack;

beforeEach(async () => {
  site = await WebSite.start();
  service = await TestService.start({}, { requireProof: true });
});

/** What the program is told of the proof, and something that is made from it. */
const told = `
const all = pulumi.all([shop.verificationFileName, shop.verificationFileContent, shop.verificationTxtRecord]);
exports.told = all.apply((each) => each.map((one) => one ?? "absent"));`;

const project = (settings = ""): string =>
  `const shop = new crashtest.Project("shop", { url: "${site.url}", ${settings} });`;

/** A site's proof beside it, a scan after the proof, a gate on the scan, and what the gate holds back. */
const proved = (version: number): string => `${FILE_CLASS}
${project()}
const name = shop.verificationFileName.apply((told) => told ?? "crashtest-none.html");
const content = shop.verificationFileContent.apply((told) => told ?? "");
const proof = new WebFile("proof", { folder: "${site.folder}", name, content });
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [${version}] }, { dependsOn: [proof] });
const gate = new crashtest.ScanGate("safe", { scan, failOn: "high" });
new WebFile("held", { folder: "${site.folder}", name: "held", content: "version ${version}" }, { dependsOn: [gate] });
exports.scanId = scan.scanId;
exports.uuid = shop.verificationUuid;
${told}`;

const deploy = async (program: string): Promise<string> => {
  stack = Stack.create({ program, environment: service.environment });
  return stack.up();
};

/** Answers the next create of a project with this data, whatever the contract says to that. */
const willCreate = (data: object): Promise<void> =>
  service.addFault({
    kind: "status",
    status: 201,
    method: "POST",
    path: "/projects",
    body: { message: "project_created", data: { id: 7, ...data } },
  });

const held = (): string => readFileSync(join(site.folder, "held"), "utf8");

/** The names and values of what the state has of the proof. */
const proofInState = (): Record<string, unknown> => {
  const { outputs = {} } = stack.resource("shop");
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name.startsWith("verification")));
};

test("a program deploys the proof of ownership and scans after it; nothing of that changes afterwards", async () => {
  stack = Stack.create({ program: proved(1), environment: service.environment });
  const firstPreview = await stack.well("preview");
  await stack.up();
  const outputs = await stack.outputs();
  const [fileName = "", content = "", record] = outputs["told"] as string[];

  expect(firstPreview).toContain("a scan will start");
  expect(content).toMatch(UUID);
  expect(fileName).toBe(`crashtest-${content.slice(0, 8)}.html`);
  expect([record, outputs["uuid"]]).toEqual([content, content]);
  expect(readFileSync(join(site.folder, fileName), "utf8")).toBe(content);
  expect(proofInState()).toEqual({
    verificationFileName: fileName,
    verificationFileContent: content,
    verificationTxtRecord: record,
  });
  expect(outputs["scanId"]).toBe("1");
  expect(held()).toBe("version 1");

  await stack.well("preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
  await stack.well("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  await stack.well("destroy", "--yes", "--skip-preview");
  expect(readdirSync(site.folder)).toEqual([]);
});

test("a scan whose proof was removed is refused and closes its gate, and goes on once the proof is back", async () => {
  await deploy(proved(1));
  const [fileName = "", content = ""] = (await stack.outputs())["told"] as string[];
  rmSync(join(site.folder, fileName));
  await service.takeLog();

  stack.write(proved(2));
  const output = await stack.upFails();

  expect(output).toContain("Could not start a scan of project 1: POST /projects/1/scans was answered with 409");
  expect(output).toContain("target_not_verified");
  expect(output).toContain("Nothing was started: the service scans only targets with a proof of ownership");
  expect(output).toContain("name it in dependsOn of a Scan, or use the hook scanOnDeploy()");
  expect(held()).toBe("version 1");
  expect((await service.takeLog()).filter((line) => line.startsWith("POST"))).toEqual(["POST /projects/1/scans"]);
  expect(await service.scans()).toHaveLength(1);
  expect(stack.resource("nightly").outputs).toMatchObject({ scanId: "1", triggers: {} });

  await stack.upFails("--continue-on-error");
  expect(held()).toBe("version 1");

  writeFileSync(join(site.folder, fileName), content);
  await stack.up();
  expect(await stack.outputs()).toMatchObject({ scanId: "2" });
  expect(held()).toBe("version 2");
  await stack.up("--expect-no-changes");
});

test("a project's own option scans before a proof stands: that fails cleanly, and the next up tries again", async () => {
  const program = project(`scanOnDeploy: { triggers: [1], gate: true }`) + told;
  stack = Stack.create({ program, environment: service.environment });

  const output = await stack.upFails();

  expect(output).toContain("a Project's own option scanOnDeploy scans before the proof is in place");
  expect((await service.takeLog()).filter((line) => line.startsWith("POST"))).toEqual([
    "POST /projects",
    "POST /projects/1/scans",
  ]);
  expect(stack.state().resources.some(({ urn }) => urn.endsWith("::shop-scan"))).toBe(false);

  const proof = proofInState();
  writeFileSync(join(site.folder, String(proof["verificationFileName"])), String(proof["verificationFileContent"]));
  await stack.up();
  expect(stack.resource("shop-scan").outputs).toMatchObject({ scanId: "1" });
  expect(await service.projectIds()).toEqual(["1"]);
});

test("where the service says nothing of a proof the outputs are undefined, in deployments and in previews", async () => {
  const unproved = `${FILE_CLASS}${project()}${told}
new WebFile("list", { folder: "${site.folder}", name: "list", content: exports.told.apply(String) });`;
  await willCreate({});
  await deploy(unproved);

  expect(await stack.outputs()).toEqual({ told: ABSENT });
  expect(proofInState()).toEqual({});
  await stack.well("preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
});

test("they are undefined for a project that was adopted or looked up", async () => {
  await service.api("POST", "/projects", { team_id: 42, name: "old", url: site.url, type: "webapp" });
  const both = `const other = crashtest.Project.get("other", "1"); exports.other = other.verificationFileName.apply(String);`;
  await deploy(project("adoptProjectId: 1") + told + both);

  expect(await stack.outputs()).toEqual({ told: ABSENT, other: "undefined" });
  await stack.well("preview", "--expect-no-changes");
  await stack.well("refresh", "--yes", "--skip-preview", "--expect-no-changes");
});

test("a state that an earlier release wrote shows no change, and the outputs are undefined", async () => {
  await deploy(project());
  const exported = await stack.well("stack", "export");
  const earlier = JSON.parse(exported, (name, value: unknown) =>
    name.startsWith("verification") ? undefined : value,
  ) as object;
  expect(exported).toContain('"verificationFileName"');
  writeFileSync(join(stack.folder, "earlier.json"), JSON.stringify(earlier));
  await stack.well("stack", "import", "--file", "earlier.json");
  await service.takeLog();

  await stack.well("preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
  stack.write(project() + told);
  await stack.up();

  expect(proofInState()).toEqual({});
  expect(await stack.outputs()).toEqual({ told: ABSENT });
  expect(await service.takeLog()).toEqual([]);
});

test("a proof that cannot be used costs no project: it is left out, with a warning", async () => {
  const verification = { file_name: "../evil.html", file_content: { a: 1 }, dns_txt: "crashtest=1" };
  await willCreate({ verification });

  const output = await deploy(project() + told);

  expect(output).toContain("Project 7 was created, but parts of its proof of ownership are invalid");
  expect(output).toContain("file_name is not of the form crashtest-<hash>.html; file_content is not a string");
  expect(output).not.toContain("evil");
  expect(await stack.outputs()).toEqual({ told: ["absent", "absent", "crashtest=1"] });
  expect(stack.resource("shop").id).toBe("7");
});
