import type { dynamic } from "@pulumi/pulumi";
import type { CheckFailure, Lifecycle, Values } from "../../../../provider/lifecycle/lifecycle";
import type { ScanningService } from "../../../../service/service";

export const SERVICE = {} as ScanningService;

/** What an engine hands to `configure`. */
export const configureRequest = (config: Record<string, string> = {}): dynamic.ConfigureRequest => ({
  config: { get: (key) => config[key], require: (key) => config[key] ?? "" },
});

/** A lifecycle that notes all values that it gets, and answers as it is told to. */
export class RecordingLifecycle implements Lifecycle<Values, Values> {
  readonly calls: [string, ...unknown[]][] = [];
  failures: CheckFailure[] = [];
  failure: Error | undefined;

  check(_context: unknown, olds: Values, news: Values): { inputs: Values; failures: CheckFailure[] } {
    return this.note(["check", olds, news], { inputs: news, failures: this.failures });
  }

  diff(_context: unknown, id: string, olds: Values, news: Values): Promise<{ changes: boolean; replaces: string[] }> {
    return Promise.resolve(this.note(["diff", id, olds, news], { changes: true, replaces: ["url"] }));
  }

  create(_context: unknown, inputs: Values): Promise<{ id: string; state: Values }> {
    return Promise.resolve(this.note(["create", inputs], { id: "7", state: { ...inputs, projectId: "7" } }));
  }

  read(_context: unknown, id: string, state: Values): Promise<{ id: string; state: Values }> {
    return Promise.resolve(this.note(["read", id, state], { id, state: { ...state, projectId: id } }));
  }

  update(_context: unknown, id: string, olds: Values, news: Values): Promise<Values> {
    return Promise.resolve(this.note(["update", id, olds, news], { ...olds, ...news }));
  }

  delete(_context: unknown, id: string, state: Values): Promise<void> {
    return this.note(["delete", id, state], Promise.resolve());
  }

  private note<T>(call: [string, ...unknown[]], answer: T): T {
    this.calls.push(call);
    if (this.failure !== undefined) throw this.failure;
    return answer;
  }
}
