import { CrashtestError } from "../errors";
import type { ServiceIdentity } from "../service-identity";
import type { ResolvedOptions } from "./options";

/**
 * Names the instance: in an answer the one that gives it, in a request the one that its numbers belong to.
 * ASSUMED: the hosted service names none, and is asked about none.
 */
export const SERVICE_HEADER = "crashtest-service";
/** Whatever else stands there is not kept. */
const INSTANCE = /^[0-9A-Za-z._-]{1,64}$/;

/** The service at the endpoint, as it can be told apart from others. */
export class KnownService {
  constructor(private readonly options: Pick<ResolvedOptions, "endpoint" | "formerOrigins">) {}

  /** As far as it is known without asking. */
  get identity(): ServiceIdentity {
    return { origin: this.options.endpoint.origin };
  }

  /**
   * Refuses numbers of a service at another address, unless that is a former one of this service. Asks nobody.
   *
   * @param owner whose numbers they are; undefined where nobody noted it, which passes
   * @param purpose what they are for, to stand in a message after "Could not"
   * @throws CrashtestError `OTHER_SERVICE`
   */
  requireSame(owner: ServiceIdentity | undefined, purpose: string): void {
    const { endpoint, formerOrigins } = this.options;
    if (owner === undefined || owner.origin === endpoint.origin || formerOrigins.has(owner.origin)) return;
    throw otherOrigin(owner.origin, endpoint.origin, purpose);
  }

  /**
   * Names who answered, and refuses an instance that is not the one that the numbers belong to.
   *
   * @param named what the answer says, if it does
   * @throws CrashtestError `OTHER_SERVICE`
   */
  identify(named: string | undefined, owner: ServiceIdentity | undefined, purpose: string): ServiceIdentity {
    const instance = named !== undefined && INSTANCE.test(named) ? named : undefined;
    if (owner?.instance !== undefined && owner.instance !== instance) throw otherInstance(owner, instance, purpose);
    return { ...this.identity, ...(instance !== undefined && { instance }) };
  }
}

const FORGET =
  "take it out of the stack: `pulumi state delete --target-dependents 'URN'`, with the URN of the project from " +
  "`pulumi stack --show-urns`";

const otherOrigin = (owner: string, endpoint: string, purpose: string): CrashtestError =>
  new CrashtestError({
    code: "OTHER_SERVICE",
    problem:
      `Could not ${purpose}: its number comes from the service at ${owner}, and crashtest:endpoint (CRASHTEST_ENDPOINT) is ` +
      `${endpoint}, where the same number may be somebody else's. Nothing was sent`,
    remedy:
      `To take down what is at ${owner}, set endpoint and key as they were and run \`pulumi destroy --run-program\`. If it is ` +
      `the same service under a new address, set crashtest:formerEndpoints (CRASHTEST_FORMER_ENDPOINTS) to '["${owner}"]' ` +
      `and run \`pulumi up\`. If that service is gone for good, ${FORGET}; then run \`pulumi up\`.`,
  });

const otherInstance = (owner: ServiceIdentity, answering: string | undefined, purpose: string): CrashtestError =>
  new CrashtestError({
    code: "OTHER_SERVICE",
    problem:
      `Could not ${purpose}: its number comes from the instance ${owner.instance ?? ""} of the service at ${owner.origin}, and ` +
      `${answering === undefined ? "one that names no instance" : `the instance ${answering}`} answers now, where the same ` +
      "number may be somebody else's",
    remedy:
      "Another database was started there: start the service on the old one (crashtest-local --data) and run again. If that is " +
      `gone, as what is kept in memory is after each end of the service, ${FORGET}; then run \`pulumi up\`.`,
  });
