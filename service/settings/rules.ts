import { CRASHTEST_RULES } from "../crashtest/rules";
import type { ServiceKind, ServiceRules } from "../rules";

const RULES: Readonly<Record<ServiceKind, ServiceRules>> = { crashtest: CRASHTEST_RULES, veracode: CRASHTEST_RULES };

export const SERVICE_KINDS = Object.keys(RULES) as ServiceKind[];

/** Returns the rules of a service. */
export const rulesOf = (kind: ServiceKind): ServiceRules => RULES[kind];
