import { CrashtestError, type ErrorCode } from "../errors";
import type { ScanService } from "./service";

/** Values by name, as they come from a program or a state of any earlier release. */
export type Values = Record<string, unknown>;

/** An input that cannot be used. */
export interface CheckFailure {
  property: string;
  /** Why, and what would do. Never repeats the value, which may be a secret. */
  reason: string;
}

/** What a lifecycle works with; nothing of it is reached for. */
export interface LifecycleContext {
  service: ScanService;
  now: () => Date;
  /** Says to the user what will be done, and why. */
  tell: (message: string) => void;
  warn: (message: string) => void;
}

/** What is to become of a resource. */
export interface Difference {
  changes: boolean;
  /** Inputs whose change needs a new resource. */
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/** An update that was not carried out, and has to be tried again by the next deployment, whatever its inputs are then. */
export class UnfinishedUpdate extends Error {
  /** Of what went wrong; undefined where that has none. */
  readonly code: ErrorCode | undefined;

  constructor(
    /** What is to stand in the state, as inputs and as outputs. */
    readonly state: object,
    reason: Error,
  ) {
    super(reason.message, { cause: reason });
    this.code = reason instanceof CrashtestError ? reason.code : undefined;
  }
}

/** The rules of one kind of resource. `Inputs` are checked, `State` is what earlier calls returned. */
export interface Lifecycle<Inputs, State> {
  /** Puts defaults in place and collects all that is wrong. `olds` is empty on a create. */
  check(context: LifecycleContext, olds: Values, news: Values): { inputs: Values; failures: CheckFailure[] };
  diff(context: LifecycleContext, id: string, olds: State, news: Values): Promise<Difference>;
  create(context: LifecycleContext, inputs: Inputs): Promise<{ id: string; state: State }>;
  read(context: LifecycleContext, id: string, state: Values): { id: string; state: Values };
  update(context: LifecycleContext, id: string, olds: State, news: Inputs): Promise<State>;
  delete(context: LifecycleContext, id: string, state: State): Promise<void>;
}
