import { CrashtestError } from "../../errors/errors";
import type { ServiceIdentity } from "../service";
import type { ResolvedOptions } from "./options";

/**
 * Names the instance: in an answer the one that answers, in a request the one that issued its IDs.
 * ASSUMED: the hosted service sends none, so none is sent to it.
 */
export const SERVICE_HEADER = "crashtest-service";
/** Any other header value is ignored. */
const INSTANCE = /^[0-9A-Za-z._-]{1,64}$/;

/** The service at the endpoint, as far as it can be told apart from others. */
export class KnownService {
  readonly #options: ResolvedOptions;

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /** What is known without a request. */
  get identity(): ServiceIdentity {
    return { origin: this.#options.endpoint.origin };
  }

  /**
   * Refuses IDs of a service at another address, unless that is a former endpoint of this service. Sends no request.
   *
   * @param owner the service that issued the IDs; undefined where it is not recorded, which passes
   * @param purpose what they are used for, to follow "Could not" in messages
   * @throws CrashtestError `OTHER_SERVICE`
   */
  requireSame(owner: ServiceIdentity | undefined, purpose: string): void {
    const { endpoint, formerOrigins, remedies } = this.#options;
    if (owner === undefined || owner.origin === endpoint.origin || formerOrigins.has(owner.origin)) return;
    throw new CrashtestError({
      code: "OTHER_SERVICE",
      problem:
        `Could not ${purpose}: its ID was issued by the service at ${owner.origin}, but ${remedies.option("endpoint")} is ` +
        `${endpoint.href}, where the same ID may belong to someone else. No request was sent`,
      remedy: remedies.otherOrigin(owner.origin),
    });
  }

  /**
   * Returns who answered, and refuses an instance other than the one that issued the IDs.
   *
   * @param named what the answer's header says
   * @throws CrashtestError `OTHER_SERVICE`
   */
  identify(named: string | undefined, owner: ServiceIdentity | undefined, purpose: string): ServiceIdentity {
    const instance = named !== undefined && INSTANCE.test(named) ? named : undefined;
    if (owner?.instance === undefined || owner.instance === instance) {
      return { ...this.identity, ...(instance !== undefined && { instance }) };
    }
    const answering = instance === undefined ? "one that names no instance" : `the instance ${instance}`;
    throw new CrashtestError({
      code: "OTHER_SERVICE",
      problem:
        `Could not ${purpose}: its ID was issued by the instance ${owner.instance} of the service at ${owner.origin}, but ` +
        `${answering} answers now, where the same ID may belong to someone else`,
      remedy:
        "The service runs on another database: start it on the old one (crashtest-local --data) and run again. If that is " +
        `gone, as an in-memory database is after each stop, ${this.#options.remedies.goneForGood}.`,
    });
  }
}
