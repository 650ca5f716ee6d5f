import { CrashtestError, type ErrorCode } from "../../errors/errors";
import { kindOfService, type ScanningService, type ServiceIdentity } from "../../service/service";

/** Values by name, as they come from a program or a state of any earlier release. */
export type Values = Record<string, unknown>;

/** An invalid input. */
export interface CheckFailure {
  property: string;
  /** Why it is invalid, and what is expected. Never repeats the value, which may be a secret. */
  reason: string;
}

/** Checked inputs, and all that is wrong with them. */
export interface Checked {
  inputs: Values;
  failures: CheckFailure[];
}

/** What a lifecycle depends on. */
export interface LifecycleContext {
  service: ScanningService;
  now: () => Date;
  /** Tells the user what will be done, and why. */
  tell: (message: string) => void;
  warn: (message: string) => void;
  /** Reads a text from an address that is not the service's; or says why it cannot, as the end of a sentence. */
  readAddress: (address: URL, maxBytes: number) => Promise<{ text: string } | { problem: string }>;
  /** Ends waits and questions at once; never a start, whose outcome would be unknown then. @default never */
  signal?: AbortSignal | undefined;
  /** The texts of checked API specifications, by digest: for the starts of this run. */
  specifications: Map<string, string>;
}

/** What happens to a resource. */
export interface Difference {
  changes: boolean;
  /** Inputs whose change requires a new resource. */
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/** An update that failed, and that the next deployment must retry, whatever its inputs are then. */
export class UnfinishedUpdate extends Error {
  /** The code of the reason, if it has one. */
  readonly code: ErrorCode | undefined;
  /** What the state will contain, as inputs and as outputs. */
  readonly state: object;

  constructor(state: object, reason: Error) {
    super(reason.message, { cause: reason });
    this.state = state;
    this.code = reason instanceof CrashtestError ? reason.code : undefined;
  }
}

/** The rules of one kind of resource. `Inputs` are checked, `State` is what earlier calls returned. */
export interface Lifecycle<Inputs, State> {
  /** Applies defaults and collects all failures. `olds` is empty on a create. */
  check(context: LifecycleContext, olds: Values, news: Values): Checked | Promise<Checked>;
  diff(context: LifecycleContext, id: string, olds: State, news: Values): Promise<Difference>;
  create(context: LifecycleContext, inputs: Inputs): Promise<{ id: string; state: State }>;
  /** Returns what the resource is now; undefined if it is gone, so that it leaves the state. */
  read(
    context: LifecycleContext,
    id: string,
    state: Partial<State>,
  ): Promise<{ id: string; state: Partial<State> } | undefined>;
  update(context: LifecycleContext, id: string, olds: State, news: Inputs): Promise<State>;
  delete(context: LifecycleContext, id: string, state: State): Promise<void>;
}

/** Releases that knew one service did not always record it. */
const UNRECORDED: ServiceIdentity = { origin: "an address that its state does not name" };

/** Returns who issued the IDs of a state; undefined where that may be the service that is asked. */
export const ownerOf = (
  { service }: LifecycleContext,
  owner: ServiceIdentity | undefined,
): ServiceIdentity | undefined => owner ?? (service.rules.kind === "crashtest" ? undefined : UNRECORDED);

/**
 * Refuses to go on with what belongs to another kind of service, wherever that is.
 *
 * @throws CrashtestError `OTHER_SERVICE`
 */
export function requireSameKind(context: LifecycleContext, recorded: ServiceIdentity | undefined, what: string): void {
  const owner = ownerOf(context, recorded);
  if (owner !== undefined && kindOfService(owner) !== context.service.rules.kind)
    context.service.requireSame(owner, what);
}

/** Stands in a preview for a value that is known only after the deployment of something else. */
export const UNKNOWN: unique symbol = Symbol("unknown until deployed");

/** Whether a value is unknown, or contains what is. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
