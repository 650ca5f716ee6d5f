import { CRASHTEST_RULES } from "../crashtest/rules";
import type { ServiceKind, ServiceRules } from "../rules";
import { VERACODE_RULES } from "../veracode/rules";

const RULES: Readonly<Record<ServiceKind, ServiceRules>> = { crashtest: CRASHTEST_RULES, veracode: VERACODE_RULES };

export const SERVICE_KINDS = Object.keys(RULES) as ServiceKind[];

/** Returns the rules of a service. */
export const rulesOf = (kind: ServiceKind): ServiceRules => RULES[kind];
