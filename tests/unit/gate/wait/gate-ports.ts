import { BY_PROJECT } from "../rules/sample-evidence";
import type { GatePorts, GateRequest } from "../../../../gate/wait/decide-gate";
import { wireFinding, wireReport } from "../../../fixtures/report";
import { SimulatedWait, status, type StatusAnswer } from "./simulated-wait";

export const FINISHED = status("finished", 3);
export const RUNNING = status("running");
export const CLEAN = JSON.stringify(wireReport({ xss: [] }));
export const HIGH = JSON.stringify(wireReport({ xss: [wireFinding()] }));
const XML = '<testsuites><testsuite><testcase classname="xss.crashtest.cloud"/></testsuite></testsuites>';

/** What the ports were asked for beside statuses. */
export interface Asked {
  json: number;
  xml: number;
  stop: number;
}

export function fakePorts(
  answers: readonly StatusAnswer[],
  { json = CLEAN, stop = () => Promise.resolve() }: { json?: string | Error; stop?: () => Promise<unknown> } = {},
): { wait: SimulatedWait; asked: Asked; ports: GatePorts } {
  const wait = SimulatedWait.of(...answers);
  const asked: Asked = { json: 0, xml: 0, stop: 0 };
  const counted =
    <Taken extends unknown[], T>(name: keyof Asked, answer: (...taken: Taken) => Promise<T>) =>
    (...taken: Taken) => {
      asked[name] += 1;
      return answer(...taken);
    };
  const { askStatus, sendBounded, nowMs, random, tell } = wait;
  const ports: GatePorts = {
    askStatus,
    sendBounded,
    nowMs,
    random,
    tell,
    wait: wait.wait,
    now: () => new Date("2026-06-01T12:00:00Z"),
    stopScan: counted("stop", stop),
    readJson: counted("json", () => (json instanceof Error ? Promise.reject(json) : Promise.resolve(json))),
    readXml: counted("xml", () => Promise.resolve(XML)),
  };
  return { wait, asked, ports };
}

export const request = (fields: Partial<GateRequest> = {}, scan: Partial<GateRequest["scan"]> = {}): GateRequest => ({
  scan: { scanId: "31", abilities: BY_PROJECT, startedBy: "deployment", projectId: "7", ...scan },
  settings: {},
  isPreview: false,
  ...fields,
});

export const NOTHING: Asked = { json: 0, xml: 0, stop: 0 };
