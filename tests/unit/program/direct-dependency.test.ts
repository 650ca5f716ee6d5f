import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const RUN = "/app/node_modules/@pulumi/pulumi/cmd/run";
const WITHOUT = "without";
const BESIDE_ANOTHER = "indirect";
const WITH = "with";
const BELOW = join("with", "infrastructure", "shop");

/** What a program is, its folder, the script that its process was started with, and whether it is refused. */
const PROGRAMS: readonly [string, string, string, "refused" | "let through"][] = [
  ["without the package, run by the language host", WITHOUT, RUN, "refused"],
  ["without the package, run by the language host's file", WITHOUT, `${RUN}/index.js`, "refused"],
  [
    "without the package, run by the language host on Windows",
    WITHOUT,
    "C:\\app\\node_modules\\@pulumi\\pulumi\\cmd\\run\\index.js",
    "refused",
  ],
  ["whose dependency alone has the package", BESIDE_ANOTHER, RUN, "refused"],
  ["with the package in its folder", WITH, RUN, "let through"],
  ["with the package in a folder above, as in a workspace", BELOW, RUN, "let through"],
  ["without the package, of the Automation API", WITHOUT, "/app/deploy.js", "let through"],
  ["without the package, run as a policy pack", WITHOUT, `${RUN}-policy-pack/index.js`, "let through"],
  ["without the package, typed in", WITHOUT, "", "let through"],
];

let root: string;
let refusals: ({ code: string; message: string } | null)[];

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "crashtest-test-")));
  for (const folder of [WITHOUT, BESIDE_ANOTHER, BELOW]) mkdirSync(join(root, folder), { recursive: true });
  install(join(root, WITH));
  install(join(root, BESIDE_ANOTHER, "node_modules", "company-platform"));
  const programs = PROGRAMS.map(([, folder, script]) => ({ folder: join(root, folder), script }));
  const command = ["--import", "tsx", join(__dirname, "check-programs.ts"), JSON.stringify(programs)];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  refusals = JSON.parse(stdout) as typeof refusals;
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function install(at: string): void {
  const folder = join(at, "node_modules", "pulumi-crashtest");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "pulumi-crashtest" }));
}

test.each(PROGRAMS.map(([what, folder, , outcome], index) => ({ what, folder, outcome, index })))(
  "a program $what is $outcome",
  ({ folder, outcome, index }) => {
    const refusal = {
      code: "CONFIGURATION_INVALID",
      message:
        `pulumi-crashtest was not found from the program's folder (${join(root, folder)}). ` +
        "It must be a direct dependency of the program: run `npm install pulumi-crashtest` there.",
    };

    expect(refusals[index]).toEqual(outcome === "refused" ? refusal : null);
  },
);
