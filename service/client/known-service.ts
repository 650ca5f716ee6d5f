import { CrashtestError } from "../../errors/errors";
import { SERVICE_NAMES, type ServiceKind } from "../rules";
import { kindOfService, type ServiceIdentity } from "../service";
import { isLoopback } from "./options";
import type { IdentityRemedies } from "./remedies";

/** Any other name of an instance is ignored. */
const INSTANCE = /^[0-9A-Za-z._-]{1,64}$/;

/** Where a service is, and how its settings are called. */
export interface KnownAddress {
  readonly endpoint: URL;
  readonly formerOrigins: ReadonlySet<string>;
  readonly remedies: IdentityRemedies;
}

/** The service at the endpoint, as far as it can be told apart from others. */
export class KnownService {
  readonly #kind: ServiceKind;
  readonly #address: KnownAddress;

  constructor(kind: ServiceKind, address: KnownAddress) {
    this.#kind = kind;
    this.#address = address;
  }

  /** What is known without a request. */
  get identity(): ServiceIdentity {
    const { origin } = this.#address.endpoint;
    return this.#kind === "crashtest" ? { origin } : { kind: this.#kind, origin };
  }

  /** Whether it is on this machine, as only the local service is. */
  get isLoopback(): boolean {
    return isLoopback(this.#address.endpoint);
  }

  /**
   * Refuses IDs of another kind of service, and of one at another address, unless that is a former endpoint of this service.
   * Sends no request.
   *
   * @param owner the service that issued the IDs; undefined where it is not recorded, which passes
   * @param purpose what they are used for, to follow "Could not" in messages
   * @throws CrashtestError `OTHER_SERVICE`
   */
  requireSame(owner: ServiceIdentity | undefined, purpose: string): void {
    const { endpoint, formerOrigins, remedies } = this.#address;
    if (owner === undefined) return;
    const kind = kindOfService(owner);
    if (kind !== this.#kind) {
      throw new CrashtestError({
        code: "OTHER_SERVICE",
        problem:
          `Could not ${purpose}: its ID was issued by ${SERVICE_NAMES[kind]} at ${owner.origin}, but ` +
          `${remedies.option("service")} is ${this.#kind}. No request was sent`,
        remedy: remedies.otherKind(kind, owner.origin),
      });
    }
    if (owner.origin === endpoint.origin || formerOrigins.has(owner.origin)) return;
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
        `gone, as an in-memory database is after each stop, ${this.#address.remedies.goneForGood}.`,
    });
  }
}
