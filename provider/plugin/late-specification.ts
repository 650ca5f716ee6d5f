import { CrashtestError } from "../../errors/errors";
import { type Lifecycle, type LifecycleContext, UNKNOWN, type Values } from "../lifecycle/lifecycle";
import { checkSpecification, type SpecificationInput } from "../lifecycle/reach/api-specification";
import { scanLifecycle, type ScanResourceState } from "../lifecycle/scan";
import type { ScanInputs } from "../lifecycle/scan-inputs";

/**
 * The lifecycle of scans for a host that cannot tell in `check` whether a deployment follows. The address of an API
 * specification that cannot be read then may be one that this deployment makes: it is read again before the scan starts, and
 * until then stands in place of the digest.
 */
export const lateScanLifecycle: Lifecycle<ScanInputs, ScanResourceState> = {
  ...scanLifecycle,
  async check(context, olds, news) {
    const { inputs, failures } = await scanLifecycle.check(context, olds, news);
    const address = addressOf(news["apiSpecification"]);
    const isUnread = inputs["apiSpecification"] === UNKNOWN && address !== undefined;
    return { inputs: isUnread ? { ...inputs, apiSpecification: address } : inputs, failures };
  },
  diff: (context, id, olds, news) => scanLifecycle.diff(context, id, olds, withoutAddress(news)),
  create: async (context, inputs) => scanLifecycle.create(context, await withSpecification(context, inputs)),
  update: async (context, id, olds, news) =>
    scanLifecycle.update(context, id, olds, await withSpecification(context, news)),
};

function addressOf(specification: unknown): string | undefined {
  return typeof specification === "object" && specification !== null
    ? (specification as SpecificationInput).url
    : undefined;
}

/** A digest is no address. */
const isAddress = (specification: unknown): specification is string =>
  typeof specification === "string" && URL.canParse(specification);

/** Returns inputs in which an unread specification is unknown. */
export const withoutAddress = (inputs: Values): Values =>
  isAddress(inputs["apiSpecification"]) ? { ...inputs, apiSpecification: UNKNOWN } : inputs;

async function withSpecification(context: LifecycleContext, inputs: ScanInputs): Promise<ScanInputs> {
  const { apiSpecification } = inputs;
  if (!isAddress(apiSpecification)) return inputs;
  const checked = await checkSpecification({ url: apiSpecification }, context, false);
  if ("digest" in checked && typeof checked.digest === "string") return { ...inputs, apiSpecification: checked.digest };
  const problem = "reason" in checked ? checked.reason : "cannot be read";
  throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `apiSpecification ${problem}` });
}
