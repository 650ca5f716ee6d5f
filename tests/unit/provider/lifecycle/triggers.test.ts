import { createHash } from "node:crypto";
import { scanLifecycle } from "../../../../provider/lifecycle/scan";
import { digestOfResource, KEEP, resolveTriggers } from "../../../../provider/lifecycle/triggers";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";
import { FakeService } from "./fake-service";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
/** In users' states: a change of this text starts a scan at every user's next deployment. */
const OF_ID_AND_URL = sha256('[["id","aaa"],["url","bbb"]]');
const OF_NOTHING = sha256("[]");

test.each<[string, unknown, unknown, unknown]>([
  ["all that is known, with no state", { id: "aaa", url: "bbb" }, undefined, OF_ID_AND_URL],
  ["all that is known, in another order", { url: "bbb", id: "aaa" }, undefined, OF_ID_AND_URL],
  ["all that is known, other than in state", { id: "aaa", url: "bbb" }, "old", OF_ID_AND_URL],
  ["an output that is absent", { id: "aaa", url: "bbb", note: undefined }, undefined, OF_ID_AND_URL],
  ["no output that is present", { note: undefined }, undefined, OF_NOTHING],
  ["nothing, since the engine dropped an empty object", {}, undefined, OF_NOTHING],
  ["an unknown output that state has not", { id: "aaa", url: "bbb", note: UNKNOWN }, OF_ID_AND_URL, OF_ID_AND_URL],
  ["an unknown output that state has", { id: "aaa", url: UNKNOWN }, OF_ID_AND_URL, UNKNOWN],
  ["an unknown output where a known one changed", { id: "ccc", url: "bbb", note: UNKNOWN }, OF_ID_AND_URL, UNKNOWN],
  ["an unknown output, with no state", { id: "aaa", url: "bbb", note: UNKNOWN }, undefined, UNKNOWN],
  ["outputs that are all unknown", { id: UNKNOWN }, OF_ID_AND_URL, UNKNOWN],
  ["outputs that are unknown as a whole", UNKNOWN, OF_ID_AND_URL, UNKNOWN],
])("the digest of a resource: %s", (_what, outputs, old, expected) => {
  expect(digestOfResource(outputs, old)).toBe(expected);
});

test("names and digests are told apart, and so are outputs that swapped their values", () => {
  const digests = [{ a: "1" }, { b: "1" }, { a: "2" }, { a: "1", b: "2" }, { a: "2", b: "1" }].map((outputs) =>
    digestOfResource(outputs, undefined),
  );

  expect(new Set(digests).size).toBe(digests.length);
});

test.each<[string, object, unknown, unknown, object]>([
  ["plain digests stay as they are", { a: "aaa" }, undefined, undefined, { a: "aaa" }],
  ["an unknown trigger stays unknown", { a: UNKNOWN }, {}, { a: "aaa" }, { a: UNKNOWN }],
  [
    "a resource has its digest put in place, its neighbours have not",
    { a: "aaa", service: "" },
    { service: { id: "aaa", url: "bbb" }, a: { id: "aaa" } },
    undefined,
    { a: "aaa", service: OF_ID_AND_URL },
  ],
  [
    "the digest in state is that of the same name",
    { one: "", other: "" },
    { one: { id: "aaa", url: "bbb", note: UNKNOWN }, other: { id: "aaa", url: "bbb", note: UNKNOWN } },
    { one: OF_ID_AND_URL, other: OF_NOTHING },
    { one: OF_ID_AND_URL, other: UNKNOWN },
  ],
  [
    "resources are unknown where all their digests are",
    { a: "aaa", service: "" },
    UNKNOWN,
    {},
    { a: "aaa", service: UNKNOWN },
  ],
  ["a resource is unknown where its entry is", { service: "" }, { service: UNKNOWN }, {}, { service: UNKNOWN }],
  ["a resource whose outputs are all absent", { service: "" }, {}, undefined, { service: OF_NOTHING }],
  ["a mark that is to be kept is the one in state", { a: KEEP }, {}, { a: "aaa" }, { a: "aaa" }],
  ["a mark that is to be kept, with none in state", { a: KEEP }, {}, undefined, { a: KEEP }],
  ["state that is null", { service: "" }, { service: {} }, null, { service: OF_NOTHING }],
  ["state whose triggers are not known", { service: "" }, { service: { id: UNKNOWN } }, UNKNOWN, { service: UNKNOWN }],
])("%s", (_what, triggers, resourceDigests, oldTriggers, expected) => {
  expect(resolveTriggers({ ...triggers }, resourceDigests, oldTriggers)).toEqual(expected);
});

describe("check", () => {
  const check = (olds: object, news: object) =>
    scanLifecycle.check(new FakeService().context, { ...olds }, { projectId: 7, ...news });

  test("keeps one digest for a resource, and not what that was made of", async () => {
    const { inputs, failures } = await check(
      {},
      { triggers: { 0: "" }, resourceDigests: { 0: { id: "aaa", url: "bbb" } } },
    );

    expect(failures).toEqual([]);
    expect(inputs).toEqual({ projectId: "7", triggers: { 0: OF_ID_AND_URL }, whenRunning: "join" });
  });

  test("compares unknown outputs with the triggers in state", async () => {
    const news = { triggers: { 0: "" }, resourceDigests: { 0: { id: "aaa", url: "bbb", note: UNKNOWN } } };

    expect((await check({ triggers: { 0: OF_ID_AND_URL } }, news)).inputs["triggers"]).toEqual({ 0: OF_ID_AND_URL });
    expect((await check({ triggers: { 0: OF_NOTHING } }, news)).inputs["triggers"]).toEqual({ 0: UNKNOWN });
  });
});
