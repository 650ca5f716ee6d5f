import { wildcardPattern } from "../scanners/script";

/** Which requests a fault applies to. */
interface FaultMatch {
  /** The operation of the API, by its `operationId`. Default: any. */
  operation?: string;
  /** The method. Default: any. */
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** The path without the query, exact or with `*` for any characters. Default: any. */
  path?: string;
  /** How many matching requests are let through first. Default 0. */
  skip?: number;
  /** How many requests it then applies to. Default 1. */
  times?: number;
  /** How long the request waits first, in milliseconds of real time. Default 0. */
  delayMs?: number;
}

/** What happens to a request instead of, or in addition to, normal handling. */
export type Fault = FaultMatch &
  (
    | { kind: "delay"; delayMs: number }
    /** Nothing is done; the answer has this status, a body (JSON, or plain text) and headers. */
    | { kind: "status"; status: number; body?: unknown; headers?: Record<string, string> }
    /** Nothing is done; the answer is an HTML page. Default status 200. */
    | { kind: "html"; status?: number; body?: string }
    /** Nothing is done; the answer redirects. Default status 302. */
    | { kind: "redirect"; location: string; status?: number }
    /** Nothing is done; the connection is dropped. */
    | { kind: "dropBeforeHandling" }
    /** Everything is done; the connection is dropped instead of answering. */
    | { kind: "dropAfterHandling" }
    /** Everything is done; the answer breaks off after this many bytes of its body. Default: half of its first part. */
    | { kind: "cutBody"; afterBytes?: number }
    /** Everything is done; the answer has a different content type. */
    | { kind: "wrongContentType"; contentType: string }
  );

export type FaultKind = Fault["kind"];

/** What a fault looks at in a request. */
export interface FaultyRequest {
  /** Undefined if the contract has no such operation. */
  operation: string | undefined;
  method: string;
  path: string;
}

/** The faults that wait for matching requests, in the order in which they are used. */
export class FaultList {
  #waiting: { fault: Fault; skip: number; times: number }[] = [];

  add(faults: readonly Fault[]): void {
    this.#waiting.push(...faults.map((fault) => ({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })));
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): Fault[] {
    return this.#waiting.map(({ fault, skip, times }) => ({ ...fault, skip, times }));
  }

  /** Returns the first fault that applies to the request, and counts it as used. */
  take(request: FaultyRequest): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => matches(fault, request));
    if (entry === undefined) return undefined;
    if (entry.skip > 0) {
      entry.skip -= 1;
      return undefined;
    }
    entry.times -= 1;
    if (entry.times <= 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}

function matches(fault: Fault, { operation, method, path }: FaultyRequest): boolean {
  return (
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || wildcardPattern(fault.path).test(path))
  );
}
