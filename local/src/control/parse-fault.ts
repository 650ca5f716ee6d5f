import type { Fault, FaultKind } from "./fault";

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTimes: Check = (value) => isCount(value) && value !== 0;
const isStatus: Check = (value) => isCount(value) && (value as number) >= 200 && (value as number) <= 599;
const isTexts: Check = (value) => isObject(value) && Object.values(value).every(isText);
const isMethod: Check = (value) => value === "GET" || value === "POST" || value === "PUT" || value === "DELETE";
const isAnything: Check = () => true;

const COMMON: Readonly<Record<string, Check>> = {
  kind: isText,
  operation: isText,
  method: isMethod,
  path: isText,
  skip: isCount,
  times: isTimes,
  delayMs: isCount,
};

const KINDS: Readonly<Record<FaultKind, { required?: string; fields: Readonly<Record<string, Check>> }>> = {
  delay: { required: "delayMs", fields: {} },
  status: { required: "status", fields: { status: isStatus, body: isAnything, headers: isTexts } },
  html: { fields: { status: isStatus, body: isText } },
  redirect: { required: "location", fields: { location: isText, status: isStatus } },
  dropBeforeHandling: { fields: {} },
  dropAfterHandling: { fields: {} },
  cutBody: { fields: { afterBytes: isCount } },
  wrongContentType: { required: "contentType", fields: { contentType: isText } },
};

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses a list of faults, or a single one; returns the reasons if it is invalid. */
export function parseFaults(value: unknown): { faults: Fault[] } | { reasons: string[] } {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const reasons = list.flatMap((fault, index) => reasonsAgainst(fault).map((reason) => `[${index}] ${reason}`));
  return reasons.length > 0 ? { reasons } : { faults: list as Fault[] };
}

function reasonsAgainst(fault: unknown): string[] {
  if (!isObject(fault)) return ["must be an object"];
  const { kind } = fault as { kind?: unknown };
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind)) {
    return [`kind must be one of ${Object.keys(KINDS).join(", ")}`];
  }
  const { required, fields } = KINDS[kind as FaultKind];
  const checks: Readonly<Record<string, Check>> = { ...COMMON, ...fields };
  const missing = required !== undefined && fault[required] === undefined ? [`${required} is missing`] : [];
  const wrong = Object.entries(fault).flatMap(([name, field]) => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) return [`${name} is not a field of the kind ${kind}`];
    return check(field) ? [] : [`${name} is invalid`];
  });
  return [...missing, ...wrong];
}
