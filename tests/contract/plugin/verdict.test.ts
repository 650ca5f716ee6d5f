import { PluginClient, UNKNOWN, urnOf } from "./plugin-client";

let plugin: PluginClient;

beforeAll(async () => {
  plugin = await PluginClient.configured({});
});

afterAll(() => {
  plugin.close();
});

const CHILD = urnOf("Verdict", "gate-verdict");
const OPEN = { passed: true, reason: "passed", message: "gate open", scanId: "31" };
const CLOSED = {
  passed: false,
  reason: "findings",
  message: "gate closed (findings): <{%fg 1%}>red<{%reset%}> <{%x%}>",
  scanId: "31",
};

test("a closed verdict fails the check, without a property whose value the engine would print", async () => {
  const { failures } = await plugin.check(CHILD, { verdict: CLOSED, advisory: false });

  expect(failures).toEqual([{ property: "", reason: "gate closed (findings): <{%fg 1%}>red<{%reset%}> \uFFFD{%x%}>" }]);
});

test("an open verdict is a resource, with outputs that a preview knows", async () => {
  const { inputs, failures } = await plugin.check(CHILD, { verdict: OPEN, advisory: false });
  const { id, state } = await plugin.create(CHILD, inputs);

  expect([failures, id, state]).toEqual([[], "verdict/31", { verdict: OPEN, advisory: false }]);
  expect((await plugin.create(CHILD, inputs, true)).state).toEqual(state);
  expect(await plugin.diff(CHILD, id, { olds: state, oldInputs: inputs, news: inputs })).toMatchObject({
    changes: false,
  });
});

test("an unknown verdict of a preview is no failure", async () => {
  const { inputs, failures } = await plugin.check(CHILD, { verdict: UNKNOWN, advisory: false });

  expect([failures, inputs]).toEqual([[], { verdict: UNKNOWN, advisory: false }]);
});
