import { UnfinishedUpdate, UNKNOWN, type Values } from "../../../../provider/lifecycle/lifecycle";
import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import type { ScanInputs } from "../../../../provider/lifecycle/scan-inputs";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import type { Login, LoginKind } from "../../../../service/login";
import { FakeService, NOW, SERVICE } from "./fake-service";

const LOGIN: Login = {
  basic: { username: "ann-1", password: "s3cr3t-1" },
  form: [{ url: "https://shop.example/login", username: "ann-2", password: "s3cr3t-2" }],
};
const INPUTS: ScanInputs = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

const check = (news: Values) => scanLifecycle.check(service.context, {}, { projectId: "7", ...news });
const stateWith = (loginKinds?: readonly LoginKind[]): ScanResourceState => ({
  ...INPUTS,
  scanId: "1",
  joined: false,
  startedAt: NOW,
  service: SERVICE,
  ...(loginKinds && { loginKinds }),
});

describe("check", () => {
  test("keeps a login", async () => {
    expect(await check({ login: LOGIN })).toMatchObject({ inputs: { login: LOGIN }, failures: [] });
  });

  test("keeps none of which it does not know a part yet, and does not judge it", async () => {
    const checked = await check({ login: { basic: { username: 7, password: UNKNOWN } } });

    expect(checked).toMatchObject({ inputs: { login: UNKNOWN }, failures: [] });
  });

  test("names no value of an invalid one", async () => {
    const { inputs, failures } = await check({ login: { form: [{ url: "s3cr3t", username: "u", password: "p" }] } });

    expect(failures).toEqual([
      { property: "login.form[0].url", reason: "must be an address such as https://shop.example.com" },
    ]);
    expect(inputs).not.toHaveProperty("login");
  });

  test("refuses what the service does not take", async () => {
    service.rules = { ...CRASHTEST_RULES, loginProblems: (_login, kind) => [`has a form, which no ${kind} takes`] };

    const { failures } = await check({ login: LOGIN });

    expect(failures).toEqual([{ property: "login", reason: "has a form, which no project takes" }]);
  });

  test("refuses a check of the login where no service checks it", async () => {
    service.canCheckLogin = false;

    const { failures } = await check({ login: { ...LOGIN, check: { url: "https://shop.example", contains: "Ann" } } });

    expect(failures).toEqual([
      {
        property: "login.check",
        reason: "can only be used with crashtest-local: no other service checks a login",
      },
    ]);
  });
});

describe("create", () => {
  test("starts with the login, and its state says only which kinds it has", async () => {
    const { state } = await scanLifecycle.create(service.context, { ...INPUTS, login: LOGIN });

    expect(service.starts).toEqual([{ login: LOGIN }]);
    expect(state).toEqual({
      ...INPUTS,
      loginKinds: ["basic", "form"],
      scanId: "1",
      joined: false,
      startedAt: NOW,
      service: SERVICE,
    });
  });

  test("without a login leaves the state as it was before there were logins", async () => {
    const { state } = await scanLifecycle.create(service.context, INPUTS);

    expect(Object.keys(state)).not.toContain("loginKinds");
  });
});

describe("update", () => {
  test.each<[readonly LoginKind[] | undefined, Login | undefined, readonly LoginKind[]]>([
    [undefined, undefined, []],
    [undefined, LOGIN, []],
    [["basic", "headers"], LOGIN, ["headers"]],
    [["form"], undefined, ["form"]],
    [["basic", "form"], LOGIN, []],
  ])("after %j, with %j, takes out %j", async (kinds, login, formerLogin) => {
    service.begin();
    service.end("finished");
    const news = { ...INPUTS, ...(login && { login }) };

    const state = await scanLifecycle.update(service.context, "7/1", stateWith(kinds), news);

    expect(service.starts).toEqual([{ login, formerLogin }]);
    expect(state.loginKinds).toEqual(login && ["basic", "form"]);
    expect(JSON.stringify(state)).not.toMatch(/s3cr3t|ann-/);
  });

  test("that joins somebody else's scan keeps both logins' kinds, since that scan took neither", async () => {
    service.begin();
    const news = { ...INPUTS, login: LOGIN };

    const state = await scanLifecycle.update(service.context, "7/1", { ...stateWith(["cookies"]), scanId: "0" }, news);

    expect(state).toMatchObject({ joined: true, loginKinds: ["basic", "form", "cookies"] });
  });

  test("that fails keeps both logins' kinds, since either may be at the service", async () => {
    service.failures.set("startScan", new Error("no answer"));
    const news = { ...INPUTS, login: LOGIN };

    const error: unknown = await scanLifecycle
      .update(service.context, "7/1", stateWith(["cookies"]), news)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(UnfinishedUpdate);
    expect((error as UnfinishedUpdate).state).toMatchObject({ loginKinds: ["basic", "form", "cookies"], scanId: "1" });
    expect(JSON.stringify(error)).not.toMatch(/s3cr3t|ann-/);
  });
});

test.each<[string, Values]>([
  ["a login that is new", { login: LOGIN }],
  ["a login that was taken out", {}],
  ["a login that is not known yet", { login: UNKNOWN }],
])("%s asks for no scan by itself", async (_what, login) => {
  service.begin();

  const difference = await scanLifecycle.diff(service.context, "7/1", stateWith(["cookies"]), { ...INPUTS, ...login });

  expect(difference).toEqual({ changes: false });
});
