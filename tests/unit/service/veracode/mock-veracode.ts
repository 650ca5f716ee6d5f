import { VERACODE_PULUMI_REMEDIES } from "../../../../service/settings/remedies";
import { createClient, type VeracodeClient } from "../../../../service/veracode";
import type { ClientOptions } from "../../../../service/veracode/options";
import { MockService, type Seen } from "../crashtest/mock-service";

export const API_ID = "0123456789abcdef0123456789abcdef";
export const API_KEY = "00112233445566778899aabbccddeeff".repeat(4);
export const ENDPOINT = "https://dast.example";
export const TARGET_ID = "4b1d0c7fe1d29f3a4b5c8d6e1a2b3c4d";
export const RUN_ID = "5e1fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e60";
export const OTHER_RUN_ID = "1c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
export const MARK = "7d0c5f2e-3b1a-4c9d-8e7f-6a5b4c3d2e1f";
export const SERVICE = { kind: "veracode", origin: ENDPOINT };

export const REST = "/dae/api/tcs-api/api/v1";
export const TARGET_PATH = `${REST}/targets/${TARGET_ID}`;
export const RUN_PATH = `${TARGET_PATH}/analysis_runs/${RUN_ID}`;
export const RUNS_PATH = `${TARGET_PATH}/analysis_runs?page=0&limit=200`;

/** A client of Veracode over undici's MockAgent. */
export class MockVeracode extends MockService {
  /** How long each wait was, in milliseconds. */
  readonly waits: number[] = [];

  constructor() {
    super(ENDPOINT);
  }

  veracode(options: ClientOptions = {}): VeracodeClient {
    return createClient(
      {
        apiId: API_ID,
        apiKey: API_KEY,
        endpoint: ENDPOINT,
        dispatcher: this.agent,
        random: () => 1,
        requestsPerSecond: 1_000,
        createMark: () => MARK,
        sleep: (waitMs, signal) => {
          this.waits.push(waitMs);
          return signal?.aborted === true ? Promise.reject(new Error("aborted")) : Promise.resolve();
        },
        ...options,
      },
      VERACODE_PULUMI_REMEDIES,
    );
  }

  /** Scripts the list of a target's runs. */
  hasRuns(...runs: object[]): Seen {
    return this.answers("GET", RUNS_PATH, 200, pageOf("analysis_runs", runs));
  }

  /** Scripts the answer to the look-up of a name. */
  hasTargets(name: string, targets: object[], page = 0, totalPages = 1): Seen {
    const query = new URLSearchParams({ name, page: String(page), limit: "200" }).toString();
    return this.answers("GET", `${REST}/targets?${query}`, 200, pageOf("targets", targets, page, totalPages));
  }
}

export const target = (fields: object = {}): object => ({
  target_id: TARGET_ID,
  name: "shop",
  protocol: "HTTPS",
  url: "shop.example.com",
  target_type: "WEB_APP",
  scan_type: "QUICK",
  is_sec_lead_only: true,
  teams: null,
  created_at: "2026-11-01T10:00:00+02:00",
  updated_at: "2026-11-01T10:00:00+02:00",
  ...fields,
});

export const run = (status: string, fields: object = {}): object => ({
  analysis_run_id: RUN_ID,
  target_id: TARGET_ID,
  scan_number: 1,
  started_at: "2026-11-01T10:00:00+02:00",
  url: "shop.example.com",
  status,
  ...fields,
});

export const problem = (status: number, ...codes: string[]): object => ({
  type: "urn:problem-type:veracode:dast:bad-request",
  title: "Refused",
  status,
  errors: codes.map((code) => ({ code, detail: `because of ${code}` })),
});

export const pageOf = (name: string, items: object[], number = 0, totalPages = 1): object => ({
  _embedded: { [name]: items },
  _links: [],
  page: { number, size: 200, total_pages: totalPages, total_elements: items.length },
});
