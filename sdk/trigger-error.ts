import { CrashtestError } from "../provider/errors";

/**
 * The error for a trigger that cannot be used.
 *
 * @param name the trigger's name or index, and of a resource's output also that one's, such as `service.code`
 * @param what what the trigger is or does, such as `holds itself`
 * @param remedy what to give instead
 */
export const unusableTrigger = (
  name: string,
  what: string,
  remedy = "Give a value that changes with it: one of its outputs, or a digest of its content.",
): CrashtestError => new CrashtestError({ code: "ARGUMENT_INVALID", problem: `Trigger ${name} ${what}`, remedy });

/** The error for triggers that are neither a list nor a record of them. */
export const unusableTriggers = (): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: "triggers is neither a list nor an object of triggers",
    remedy: "Give a list or an object; each of its values may be an output or a promise.",
  });
