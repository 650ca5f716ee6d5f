import type { IncomingMessage, ServerResponse } from "node:http";
import * as pulumi from "@pulumi/pulumi";
import { LoopbackServer, sendJson, statusAnswer } from "../service/crashtest/loopback-server";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, RecordedProgram, settled } from "./recorded-program";

const TIMEOUT_SECONDS = 3;
/** The gate's own second or two, and what a busy machine may add to that. */
const LATEST_MS = 8_000;

type Respond = (request: IncomingMessage, response: ServerResponse, count: number) => void;

let server: LoopbackServer;
let program: RecordedProgram;
/** What was shown while it waited. */
const told: string[] = [];

beforeEach(clearEnvironment);
afterEach(async () => {
  await server.stop();
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

async function start(respond: Respond, isPreview = false): Promise<void> {
  server = await LoopbackServer.start(respond);
  program = await RecordedProgram.start({
    config: { "crashtest:endpoint": server.endpoint, "crashtest:apiKey": "key" },
    secretKeys: ["crashtest:apiKey"],
    isPreview,
  });
  told.length = 0;
  jest.spyOn(pulumi.log, "info").mockImplementation((text, _resource, _streamId, isForNow) => {
    if (isForNow === true) told.push(text);
    return Promise.resolve();
  });
  jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
}

/** How a gate decides, and after how many milliseconds. */
async function decided(settings: object = {}) {
  const startMs = performance.now();
  const gate = new program.sdk.ScanGate("safe", {
    projectId: 7,
    scanId: 5,
    acceptJoined: true,
    timeoutSeconds: TIMEOUT_SECONDS,
    /** The verdict is the same, and nothing fails that these tests would have to hear. */
    advisory: true,
    ...settings,
  });
  const { passed, reason, message } = await settled(gate.verdict);
  return { passed, reason, message, tookMs: performance.now() - startMs };
}

/** Sends one byte a second. */
function drip(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { "content-type": type });
  const timer = setInterval(() => response.write(" "), 1_000);
  response.write(text.slice(0, 1));
  response.on("close", () => {
    clearInterval(timer);
  });
}

const isStatus = ({ url = "" }: IncomingMessage): boolean => url.endsWith("/status");
const finished: Respond = (_request, response) => {
  sendJson(response, 200, statusAnswer(102));
};
const nothing: Respond = () => undefined;
const dripping: Respond = (_request, response) => {
  drip(response, "application/json", JSON.stringify(statusAnswer(102)));
};
const laterThanADay: Respond = (request, response, count) => {
  if (count > 1) finished(request, response, count);
  else sendJson(response, 429, { message: "too_many_requests" }, { "retry-after": "86400" });
};
const unavailable: Respond = (_request, response) => {
  sendJson(response, 503, { message: "unavailable" }, { "retry-after": "30" });
};

test.each<[string, Respond, string, string]>([
  ["that never comes", nothing, "scanUnreachable", "no answer"],
  ["that comes byte by byte", dripping, "scanUnreachable", "no answer"],
  ["that is there tomorrow", laterThanADay, "scanUnreachable", "429 (too_many_requests)"],
  ["that is there in half a minute", unavailable, "scanUnreachable", "no answer"],
])("a status %s closes the gate at its timeout, and the wait is shown", async (_what, respond, reason, says) => {
  await start(respond);

  const { tookMs, message, ...verdict } = await decided();

  expect(verdict).toEqual({ passed: false, reason });
  expect(message).toContain(says);
  expect(tookMs).toBeGreaterThan(TIMEOUT_SECONDS * 1_000 - 100);
  expect(tookMs).toBeLessThan(LATEST_MS);
  expect(told).not.toEqual([]);
});

test("a scan that was seen under way and then is silent has timed out, and is stopped as far as it can be", async () => {
  await start((request, response, count) => {
    if (count === 1) sendJson(response, 200, statusAnswer(101));
    else nothing(request, response, count);
  });

  const { tookMs, message, reason } = await decided({ onTimeout: "stopScan" });

  expect(reason).toBe("scanTimedOut");
  expect(message).toContain("could not be stopped");
  expect(tookMs).toBeLessThan(LATEST_MS);
  expect(server.requests.at(-1)?.method).toBe("DELETE");
});

test.each<[string, Respond]>([
  ["never come", nothing],
  [
    "come byte by byte",
    (_request, response) => {
      drip(response, "application/xml", "<testsuites>");
    },
  ],
  ["are there in half a minute", unavailable],
])("reports that %s close the gate at its timeout, and the wait is shown", async (_what, respond) => {
  await start((request, response, count) => {
    (isStatus(request) ? finished : respond)(request, response, count);
  });

  const { tookMs, ...verdict } = await decided();

  expect(verdict).toMatchObject({ passed: false, reason: "reportMissing" });
  expect(tookMs).toBeLessThan(LATEST_MS);
  expect(told.at(-1)).toContain("scan 5 finished");
});

test("a preview is bounded as well, and stays open for what the deployment decides", async () => {
  await start(nothing, true);
  const startMs = performance.now();
  const gate = new program.sdk.ScanGate("safe", {
    projectId: 7,
    scanId: 5,
    acceptJoined: true,
    timeoutSeconds: 1,
  });

  await settled(gate.verdict);

  expect(performance.now() - startMs).toBeLessThan(LATEST_MS);
});

test("nothing is asked for any more once the gate is closed", async () => {
  await start(unavailable);

  await decided({ timeoutSeconds: 1 });
  const count = server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  expect(server.requests).toHaveLength(count);
});
