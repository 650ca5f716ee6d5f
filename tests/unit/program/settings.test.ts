import { programSettings } from "../../../program/settings";
import { clearEnvironment, restoreEnvironment } from "../sdk/environment";
import { errorLike } from "../sdk/error-like";
import { forgetProgram, RecordedProgram } from "../sdk/recorded-program";

const KEY = "key-that-nobody-may-see-4b1d";
const PLAIN = { config: { "crashtest:apiKey": KEY } };
const SECRET = { ...PLAIN, secretKeys: ["crashtest:apiKey"] };
const REFUSAL = errorLike({
  code: "CONFIGURATION_INVALID",
  message: expect.stringMatching(
    /crashtest:apiKey is stored in plain text, but must be a secret: run `pulumi config set --secret crashtest:apiKey`/,
  ) as string,
});

beforeEach(clearEnvironment);

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

test.each([
  ["a Project", ({ sdk }: RecordedProgram) => new sdk.Project("shop", { teamId: 42, url: "https://shop.example.com" })],
  ["Project.get", ({ sdk }: RecordedProgram) => sdk.Project.get("shop", "31")],
  ["a Scan", ({ sdk }: RecordedProgram) => new sdk.Scan("nightly", { projectId: 7 })],
])("an API key in plain configuration is refused by %s, and nothing is registered", async (_what, declare) => {
  const program = await RecordedProgram.start(PLAIN);

  expect(() => declare(program)).toThrow(REFUSAL);
  expect(program.registrations).toEqual([]);
});

test("an API key in plain configuration is refused by functions, and the error does not repeat it", async () => {
  const { sdk } = await RecordedProgram.start(PLAIN);

  const error = await sdk.getScanStatus({ projectId: 7, scanId: 12 }).catch((thrown: unknown) => thrown);

  expect(error).toEqual(REFUSAL);
  expect(String(error)).not.toContain(KEY);
});

test("the key of Veracode in plain configuration is refused too, whichever service is used", async () => {
  await RecordedProgram.start({ config: { "crashtest:veracodeApiKey": KEY, "crashtest:veracodeApiId": "id" } });

  expect(programSettings).toThrow(
    errorLike({
      code: "CONFIGURATION_INVALID",
      message: expect.stringMatching(
        /crashtest:veracodeApiKey is stored in plain text, but must be a secret: run `pulumi config set crashtest:veracodeApiId` and `pulumi config set --secret crashtest:veracodeApiKey`/,
      ) as string,
    }),
  );
});

test("an API key that is a secret of the configuration is taken", async () => {
  await RecordedProgram.start(SECRET);

  expect(programSettings()).toEqual({ apiKey: KEY });
});

test("an API key of the environment is taken", async () => {
  await RecordedProgram.start();
  process.env["CRASHTEST_API_KEY"] = KEY;

  expect(programSettings()).toEqual({ apiKey: KEY });
});

test("an empty API key in the configuration is unset, and no reason to refuse", async () => {
  await RecordedProgram.start({ config: { "crashtest:apiKey": "" } });
  process.env["CRASHTEST_API_KEY"] = KEY;

  expect(programSettings()).toEqual({ apiKey: KEY });
});

test("all settings that cannot be used are named in one error", async () => {
  await RecordedProgram.start({ config: { "crashtest:endpoint": "nowhere", "crashtest:apiKeyIn": "body" } });
  process.env["CRASHTEST_MAX_REPORT_BYTES"] = "-1";

  expect(programSettings).toThrow(
    errorLike({
      code: "CONFIGURATION_INVALID",
      problems: [
        expect.stringMatching(/^crashtest:endpoint .*must be an address/),
        expect.stringMatching(/^crashtest:apiKeyIn .*must be header or query/),
        expect.stringMatching(
          /^crashtest:maxReportBytes \(or CRASHTEST_MAX_REPORT_BYTES\) must be a positive whole number/,
        ),
      ],
    }),
  );
});
