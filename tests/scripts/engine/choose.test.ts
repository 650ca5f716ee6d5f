import { chooseEngine, type Candidate } from "../../../scripts/engine/choose";

const candidate = (changes: Partial<Candidate> = {}): Candidate => ({
  source: "path",
  binDir: "/bin",
  version: "3.259.0",
  missing: [],
  ...changes,
});
const built = candidate({ source: "built", binDir: "/cache/bin" });

describe("chooseEngine", () => {
  test.each<[string, Candidate[], string | undefined, string[]]>([
    ["nothing was found", [], undefined, []],
    ["a good one is on the PATH", [candidate(), built], "path", []],
    ["the one on the PATH is too old", [candidate({ version: "3.216.0" }), built], "built", ["version 3.216.0"]],
    ["the one on the PATH does not run", [candidate({ version: undefined }), built], "built", ["did not run"]],
    [
      "the one on the PATH has no language host",
      [candidate({ missing: ["pulumi-language-nodejs"] }), built],
      "built",
      ["lacks pulumi-language-nodejs"],
    ],
    [
      "both are of no use",
      [candidate({ version: "4.0.0" }), candidate({ source: "installed", missing: ["a", "b"] })],
      undefined,
      ["version 4.0.0", "lacks a and b"],
    ],
  ])("%s", (_name, candidates, source, reasons) => {
    const { use, passedOver } = chooseEngine(candidates);

    expect(use?.source).toBe(source);
    expect(passedOver.map(({ reason }) => reason)).toEqual(
      reasons.map((reason) => expect.stringContaining(reason) as string),
    );
  });

  test("names the place of what it passed over", () => {
    const { passedOver } = chooseEngine([candidate({ version: "3.1.0" }), { ...built, version: undefined }]);

    expect(passedOver.map(({ what }) => what)).toEqual([
      "pulumi on the PATH (/bin)",
      "the engine built before (/cache/bin)",
    ]);
  });
});
