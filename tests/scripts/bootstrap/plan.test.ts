import { checkNode, decide, type CheckoutFacts } from "../../../scripts/bootstrap/plan";

describe("checkNode", () => {
  test.each(["20.18.1", "20.19.0", "20.20.2", "22.0.0", "26.10.0"])("takes Node %s", (version) => {
    expect(checkNode(version)).toBeUndefined();
  });

  test.each(["20.18.0", "20.9.9", "18.20.4", "19.99.99"])("refuses Node %s and says what is needed", (version) => {
    expect(checkNode(version)).toBe(
      `pulumi-crashtest needs Node 20.18.1 or newer; this is ${version}. Install a newer Node and run the command again.`,
    );
  });
});

describe("decide", () => {
  const upToDate: CheckoutFacts = {
    lockMs: 100_000,
    installedMs: 100_500,
    stampMs: 200_000,
    outputsExist: true,
    newestSourceMs: 199_999,
  };

  test.each<[string, Partial<CheckoutFacts>, { install: boolean; build: boolean }]>([
    ["all is there", {}, { install: false, build: false }],
    ["nothing is installed, or an install was broken off", { installedMs: undefined }, { install: true, build: true }],
    ["the lock file is newer than what is installed", { lockMs: 106_000 }, { install: true, build: true }],
    ["one install wrote both lock files", { lockMs: 101_000 }, { install: false, build: false }],
    ["nothing was built", { stampMs: undefined }, { install: false, build: true }],
    ["the output was removed", { outputsExist: false }, { install: false, build: true }],
    ["a source changed after the build began", { newestSourceMs: 200_000 }, { install: false, build: true }],
  ])("%s", (_name, changes, expected) => {
    expect(decide({ ...upToDate, ...changes })).toEqual(expected);
  });
});
