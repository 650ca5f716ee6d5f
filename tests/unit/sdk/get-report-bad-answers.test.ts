import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportArgs } from "pulumi-crashtest";
import { LoopbackServer } from "../service/crashtest/loopback-server";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, RecordedProgram } from "./recorded-program";

type Format = ReportArgs["format"];

const PAGE = "<!doctype html>\n<html><head><title>Log in</title></head><body>502 Bad Gateway</body></html>\n";
const JSON_REPORT = '{"data":{"findings":{"xss":[{"finding_description_slug":"xss","information":"Reflected"}]}}}';
const XML_REPORT =
  '<?xml version="1.0"?><testsuites><testsuite name="xss"><testcase name="a"/></testsuite></testsuites>';
const DERIVED = ["sarif", "junit", "markdown", "html"] as const;
const FROM_JSON = ["json", ...DERIVED] as const;

let respond: (response: ServerResponse) => void;
let server: LoopbackServer;
let folder: string;

beforeAll(async () => {
  server = await LoopbackServer.start((_request, response) => {
    respond(response);
  });
});

beforeEach(() => {
  clearEnvironment();
  folder = mkdtempSync(join(tmpdir(), "crashtest-test-"));
});

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
  rmSync(folder, { recursive: true });
});

afterAll(() => server.stop());

const answering =
  (type: string, body: string | Buffer) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": type }).end(body);
  };

const started = (): Promise<RecordedProgram> =>
  RecordedProgram.start({
    config: { "crashtest:endpoint": server.endpoint, "crashtest:apiKey": "key" },
    secretKeys: ["crashtest:apiKey"],
  });

/** Asks for a report at a path with an old file, which has to fail; the old file has to stay, and nothing beside it. */
async function failureOf(format: Format): Promise<{ code: string; message: string }> {
  const { sdk } = await started();
  const path = join(folder, "report");
  writeFileSync(path, "old");
  const outcome = await sdk.getReport({ projectId: 7, scanId: 5, format, path }).catch((error: unknown) => error);
  expect(readdirSync(folder)).toEqual(["report"]);
  expect(readFileSync(path, "utf8")).toBe("old");
  if (typeof outcome !== "object" || outcome === null || !("code" in outcome)) throw new Error("it was to fail");
  return outcome as { code: string; message: string };
}

const each = <T>(formats: readonly Format[], rows: readonly T[]): [Format, T][] =>
  formats.flatMap((format) => rows.map((row): [Format, T] => [format, row]));

describe("an error page in the place of a report", () => {
  const OWN_TYPE: Record<string, string> = { pdf: "application/pdf", xml: "application/xml" };

  test.each(each(["pdf", "xml", ...FROM_JSON], ["with its own type", "with the type of the report"]))(
    "%s: %s",
    async (format, type) => {
      const asReport = OWN_TYPE[format] ?? "application/json";
      respond = answering(type === "with its own type" ? "text/html; charset=utf-8" : asReport, PAGE);

      const { code, message } = await failureOf(format);

      expect(code).toBe("UNEXPECTED_ANSWER");
      expect(message).toContain(
        `Could not get the ${format in OWN_TYPE ? format : "json"} report of scan 5 of project 7`,
      );
      expect(message).not.toContain("Bad Gateway");
    },
  );
});

test.each(["pdf", "xml", ...FROM_JSON] as const)("%s: a body without a byte is REPORT_EMPTY", async (format) => {
  respond = answering(format === "pdf" || format === "xml" ? `application/${format}` : "application/json", "");

  expect(await failureOf(format)).toMatchObject({
    code: "REPORT_EMPTY",
    message: expect.stringContaining("the service sent an empty report") as string,
  });
});

test.each([
  ["pdf", "application/pdf", "%PDF-1.7\n"],
  ["json", "application/json", "{"],
  ["html", "application/json", "{"],
] as const)("%s: a connection that breaks in the middle is an error", async (format, type, beginning) => {
  respond = (response) => {
    response.writeHead(200, { "content-type": type });
    response.write(beginning + " ".repeat(2_000), () => setImmediate(() => response.destroy()));
  };

  const { code, message } = await failureOf(format);

  expect(code).toMatch(/^(UNREACHABLE|UNEXPECTED_ANSWER)$/);
  expect(message).toContain("report of scan 5 of project 7");
});

describe("JSON that is none, or was cut off where no transport can tell", () => {
  const CUT = [JSON_REPORT.slice(0, -1), JSON_REPORT.slice(0, -5), JSON_REPORT.slice(0, 40), "{", '{"data":}', "[1]"];

  test.each(each(FROM_JSON, CUT))("%s from %s", async (format, body) => {
    respond = answering("application/json", body);

    expect(await failureOf(format)).toMatchObject({
      code: "REPORT_UNREADABLE",
      message: expect.stringMatching(
        /^Could not read the findings report: \$ is not (a|valid) JSON.* Fetch the JSON report/,
      ) as string,
    });
  });

  test.each(FROM_JSON)("%s from JSON of absurd depth", async (format) => {
    respond = answering("application/json", `{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);

    expect(await failureOf(format)).toMatchObject({ code: "REPORT_UNREADABLE" });
  });
});

test.each([
  XML_REPORT.slice(0, -1),
  XML_REPORT.slice(0, 40),
  "<testsuites>",
  "<a></b>",
  '<!DOCTYPE x [<!ENTITY a "b">]><testsuites>&a;</testsuites>',
])("xml that is none, or was cut off where no transport can tell: %s", async (body) => {
  respond = answering("application/xml", body);

  expect(await failureOf("xml")).toMatchObject({
    code: "REPORT_UNREADABLE",
    message: expect.stringContaining("Fetch the XML report") as string,
  });
});

test.each(
  each(DERIVED, [
    ["REPORT_EMPTY", '{"message":"ok","data":{}}', "$.data.findings is missing"],
    ["REPORT_EMPTY", '{"data":{"findings":{}}}', "$.data.findings has no scanner"],
    ["REPORT_UNREADABLE", '{"data":{"findings":"none"}}', "$.data.findings is a string"],
    ["REPORT_UNREADABLE", '{"data":{"findings":{"xss":{}}}}', "$.data.findings.xss is an object"],
    ["REPORT_UNREADABLE", '{"data":{"findings":{"xss":[7]}}}', "$.data.findings.xss[0] is a number"],
    ["REPORT_UNREADABLE", '{"data":{"findings":{"xss":[]},"descriptions":{}}}', "$.data.descriptions is an object"],
  ] as const),
)("%s from JSON of another form than agreed: %j", async (format, [code, body, problem]) => {
  respond = answering("application/json", body);

  expect(await failureOf(format)).toMatchObject({ code, message: expect.stringContaining(problem) as string });
});

test("what the service has is kept as it came, also where it is no UTF-8 or has more than we know", async () => {
  const json = Buffer.concat([Buffer.from('\uFEFF {"data":{"newer":"'), Buffer.from([0xff]), Buffer.from('"}}\n')]);
  const xml = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><newer name="caf\u00e9"/>', "latin1");
  const { sdk } = await started();

  for (const [format, bytes] of Object.entries({ json, xml }) as ["json" | "xml", Buffer][]) {
    respond = answering(`application/${format}`, bytes);
    const path = join(folder, "report");
    const { sizeBytes } = await sdk.getReport({ projectId: 7, scanId: 5, format, path });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(sizeBytes).toBe(bytes.length);
  }
});

test.each([
  ["json", JSON_REPORT.replace("{", `{"more":"${"x".repeat(17 * 1024 * 1024)}",`)],
  ["xml", XML_REPORT.replace("<testcase", `<system-out>${"x".repeat(17 * 1024 * 1024)}</system-out><testcase`)],
] as const)("%s with more than 16 MiB is handed on, and refused where it was cut off", async (format, body) => {
  const { sdk } = await started();
  const path = join(folder, "report");

  respond = answering(`application/${format}`, body);
  const { sizeBytes } = await sdk.getReport({ projectId: 7, scanId: 5, format, path });
  expect(readFileSync(path, "utf8") === body).toBe(true);
  expect(sizeBytes).toBe(body.length);

  respond = answering(`application/${format}`, body.slice(0, -1));
  expect(await failureOf(format)).toMatchObject({ code: "REPORT_UNREADABLE" });
});

test("a folder that is exchanged for a link while the service answers leads no report outside", async () => {
  const { sdk } = await started();
  mkdirSync(join(folder, "reports", "sub"), { recursive: true });
  mkdirSync(join(folder, "outside"));
  respond = (response) => {
    renameSync(join(folder, "reports", "sub"), join(folder, "moved"));
    symlinkSync(join(folder, "outside"), join(folder, "reports", "sub"));
    answering("application/json", JSON_REPORT)(response);
  };
  const args = {
    projectId: 7,
    scanId: 5,
    format: "json",
    folder: join(folder, "reports"),
    path: "sub/a.json",
  } as const;

  await expect(sdk.getReport(args)).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining("its folder does not exist") as string,
  });

  expect(readdirSync(join(folder, "outside"))).toEqual([]);
});
