import { plainTable } from "../../errors/plain-text";
import type { CheckFailure } from "../lifecycle/lifecycle";

/**
 * The engine prints the value of the property that a failure names, even if it is a secret. So the failure names no property,
 * and its reason begins with it.
 */
export const withoutValue = ({ property, reason }: CheckFailure): CheckFailure => ({
  property: "",
  reason: plainTable(`${property} ${reason}`.trimStart()),
});
