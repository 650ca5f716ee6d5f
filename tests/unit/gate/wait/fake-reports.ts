import type { SendBounded } from "../../../../gate/wait/bounded-request";
import { collectReports, type ReportPorts, type ReadReport } from "../../../../gate/wait/collect-reports";
import type { Progress } from "../../../../gate/wait/polling";
import type { WaitEnd } from "../../../../gate/wait/scheduler";
import type { TargetKind } from "../../../../service/service";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import { wireFinding, wireReport } from "../../../fixtures/report";

export const JSON_REPORT = JSON.stringify({ data: wireReport({ xss: [wireFinding()], ssl: [] }) });

export const testCase = (inner: string, scanner = "xss"): string =>
  `<testcase classname="${scanner}.crashtest.cloud" name="it">${inner}</testcase>`;
export const junit = (...testCases: readonly string[]): string =>
  `<testsuites><testsuite>${testCases.join("")}</testsuite></testsuites>`;
export const XML_REPORT = junit(testCase(""));

/** Reports that come in the order given, the last one again and again, and a clock that only waiting moves on. */
export class FakeReports implements ReportPorts {
  readonly asked: string[] = [];
  readonly waitsMs: number[] = [];
  readonly told: Progress[] = [];
  timeMs = 5_000;
  waitEnd: WaitEnd = "due";
  /** How long an answer takes. */
  answerMs = 0;

  constructor(
    private readonly json: readonly (string | Error)[] = [JSON_REPORT],
    private readonly xml: readonly (string | Error)[] = [XML_REPORT],
  ) {}

  readonly readJson: ReadReport = () => this.read("json", this.json);
  readonly readXml: ReadReport = () => this.read("xml", this.xml);
  readonly sendBounded: SendBounded = (_limitMs, send) => send(new AbortController().signal);
  readonly wait = (delayMs: number): Promise<WaitEnd> => {
    this.waitsMs.push(delayMs);
    this.timeMs += delayMs;
    return Promise.resolve(this.waitEnd);
  };

  readonly nowMs = (): number => this.timeMs;
  readonly tell = (progress: Progress): void => {
    this.told.push(progress);
  };

  private read(format: string, answers: readonly (string | Error)[]): Promise<string> {
    this.asked.push(format);
    this.timeMs += this.answerMs;
    const count = this.asked.filter((asked) => asked === format).length;
    const answer = answers[Math.min(count, answers.length) - 1] ?? "";
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
}

/** The evidence of scan 31: for a deployment, whose gate has so much time left, or else for a preview. */
export const collect = (kind: TargetKind, ports: ReportPorts, remainingMs?: number) =>
  collectReports(
    {
      scanId: "31",
      abilities: CRASHTEST_RULES.abilitiesFor(kind),
      remainingMs: remainingMs ?? HOUR_MS,
      asksOn: remainingMs !== undefined,
    },
    ports,
  );

const HOUR_MS = 3_600_000;
