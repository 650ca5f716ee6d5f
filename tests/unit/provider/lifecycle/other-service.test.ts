import { CrashtestError } from "../../../../errors/errors";
import { examine } from "../../../../gate/rules/decide-verdict";
import { questionText } from "../../../../gate/rules/findings-question";
import { projectLifecycle, type ProjectState } from "../../../../provider/lifecycle/project";
import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import type { ScanInputs } from "../../../../provider/lifecycle/scan-inputs";
import { verdictLifecycle } from "../../../../gate/child/verdict";
import { findingsOf, found, gatedScan } from "../../gate/rules/sample-evidence";
import { FakeService, NOW, OTHER_SERVICE, SERVICE, WEBHOOK } from "./fake-service";

const REFUSAL = expect.objectContaining({ code: "OTHER_SERVICE" }) as Error;

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

describe("a project", () => {
  const inputs = { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" };
  const foreign: ProjectState = { ...inputs, projectId: "7", service: OTHER_SERVICE };

  test("of another service is neither compared, read nor updated", async () => {
    expect(() => projectLifecycle.diff(service.context, "7", foreign, inputs)).toThrow(REFUSAL);
    await expect(projectLifecycle.read(service.context, "7", { ...foreign })).rejects.toThrow(REFUSAL);
    await expect(projectLifecycle.update(service.context, "7", foreign, inputs)).rejects.toThrow(REFUSAL);
    await projectLifecycle.delete(service.context, "7", foreign);

    /** The port is told whose number it is, and does nothing. */
    expect([service.calls, service.owners]).toEqual([["deleteProject 7"], [OTHER_SERVICE]]);
  });

  test("whose state names no service is no change, and names one from its next update on", async () => {
    const { service: _none, ...earlier } = foreign;

    await expect(projectLifecycle.diff(service.context, "7", earlier, inputs)).resolves.toMatchObject({
      changes: false,
    });
    expect((await projectLifecycle.read(service.context, "7", earlier))?.state).toStrictEqual(earlier);
    await expect(projectLifecycle.update(service.context, "7", earlier, inputs)).resolves.toMatchObject({
      service: { origin: SERVICE.origin },
    });
  });
});

describe("a scan of a project", () => {
  const inputs: ScanInputs = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };
  const own: ScanResourceState = { ...inputs, scanId: "1", joined: false, startedAt: NOW, service: SERVICE };

  test("is started by the project's number where that comes from, and keeps nothing of it", async () => {
    const known = { ...inputs, projectOwner: SERVICE, projectUrn: "urn:pulumi:a::b::c::d" };

    const { state } = await scanLifecycle.create(service.context, known);

    expect(state).toStrictEqual({ ...own });
    expect(service.owners).toEqual([SERVICE]);
  });

  test("is asked about, started again and stopped by numbers of its own service", async () => {
    service.begin();
    await scanLifecycle.diff(service.context, "7/1", own, { ...inputs });
    await scanLifecycle.update(service.context, "7/1", own, inputs);
    await scanLifecycle.delete(service.context, "7/1", own);

    expect(service.calls.map((call) => call.split(" ")[0])).toEqual([
      ...["getScanStatus", "startScan", "stopScan", "startScan"],
      "stopScan",
    ]);
    expect(service.owners).toEqual(Array(5).fill(SERVICE));
  });

  test.each([
    ["unchanged", inputs],
    ["changed", { ...inputs, triggers: { "0": "bbb" } }],
    ["of another project", { ...inputs, projectId: "8" }],
  ])("of a service at another address is refused where it is %s", async (_how, news) => {
    const foreign = { ...own, service: OTHER_SERVICE };

    await expect(scanLifecycle.diff(service.context, "7/1", foreign, { ...news })).rejects.toThrow(REFUSAL);
    expect(service.calls).toEqual([]);
  });

  test("of another instance is refused, and not taken for unchanged", async () => {
    service.failures.set("getScanStatus", new CrashtestError({ code: "OTHER_SERVICE", problem: "another" }));

    await expect(scanLifecycle.diff(service.context, "7/1", own, { ...inputs })).rejects.toThrow(REFUSAL);
    expect(service.warnings).toEqual([]);
  });

  test("whose state names no service is no change", async () => {
    service.begin();
    const { service: _none, ...earlier } = own;

    await expect(scanLifecycle.diff(service.context, "7/1", earlier, { ...inputs })).resolves.toEqual({
      changes: false,
    });
  });

  test.each([[7], ["https://service.example"], [{ instance: "a1" }]])(
    "takes no %j for an owner",
    async (projectOwner) => {
      const { failures } = await scanLifecycle.check(service.context, {}, { ...inputs, projectOwner });

      expect(failures).toEqual([{ property: "projectOwner", reason: "must identify a service" }]);
    },
  );
});

describe("a scan by webhook", () => {
  const inputs: ScanInputs = { webhook: WEBHOOK, triggers: { "0": "aaa" }, whenRunning: "join" };
  const state: ScanResourceState = { ...inputs, scanId: "1", joined: true, startedAt: NOW, service: OTHER_SERVICE };

  test("of another service is followed by another one, since its number is all that it has of there", async () => {
    service.failures.set("getScanStatus", new CrashtestError({ code: "OTHER_SERVICE", problem: "another" }));

    await expect(scanLifecycle.diff(service.context, "webhook/1", state, { ...inputs })).resolves.toEqual({
      changes: true,
    });
    expect(service.told).toEqual(["Another scan follows scan 1: it belongs to another service."]);
  });
});

describe("a verdict", () => {
  const verdict = { passed: true, reason: "passed", message: "open", scanId: "1" };
  const differs = async (olds: object, news: object): Promise<boolean> => {
    const before = { verdict, advisory: false, ...olds } as never;
    return (await verdictLifecycle.diff(service.context, "v", before, { verdict, advisory: false, ...news })).changes;
  };

  test("of another service is another one, and of a state that names none the same", async () => {
    expect(await differs({ service: SERVICE }, { service: { ...SERVICE } })).toBe(false);
    expect(await differs({ service: OTHER_SERVICE }, { service: SERVICE })).toBe(true);
    expect(await differs({}, { service: SERVICE })).toBe(false);
    expect(await differs({ service: SERVICE }, {})).toBe(false);
  });

  test("about a scan with the number of the first one, but of another service, is not about the first one", () => {
    const high = findingsOf("high", 2);
    const check = (olds: object, count: number, owner: object) => {
      const examined = examine(
        { baseline: "firstScan" },
        found(high.slice(0, count), { scan: gatedScan({ scanId: "1" }) }),
      );
      if ("verdict" in examined) throw new Error(examined.verdict.message);
      const question = questionText(examined.question, (text) => text);
      const news = { question, keepsBaseline: true, advisory: false, service: owner };
      return verdictLifecycle.check(service.context, { ...olds }, news);
    };
    const first = check({}, 1, SERVICE).inputs;

    expect(check(first, 2, SERVICE).failures).toEqual([]);
    expect(check(first, 2, OTHER_SERVICE).failures).toHaveLength(1);
  });
});
