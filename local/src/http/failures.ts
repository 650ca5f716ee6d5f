import { Refusal } from "./refusal";

/** A problem that the validator found in one place. */
interface ContractProblem {
  path?: string;
  message?: string;
}

interface ContractError {
  status: number;
  errors: readonly ContractProblem[];
  headers?: Readonly<Record<string, string>>;
}

const BODY_PREFIX = "/body/";
const BODY_SLUGS: ReadonlyMap<number, string> = new Map([
  [413, "body_too_large"],
  [415, "unsupported_content_encoding"],
]);

function isContractError(error: unknown): error is ContractError {
  return (
    typeof error === "object" &&
    error !== null &&
    "status" in error &&
    typeof error.status === "number" &&
    "errors" in error
  );
}

/** Errors of body-parser have a status and a type, and nothing else that is useful. */
function isBodyError(error: unknown): error is { status: number; type: string } {
  return error instanceof Error && "status" in error && "type" in error && typeof error.status === "number";
}

/**
 * Returns the answer to an error, or undefined if the error is the service's own: a 500.
 * A path that is not in the contract is 501, because a 404 means that something is gone.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (isContractError(error)) return refusalByContract(error);
  if (isBodyError(error) && error.status < 500)
    return new Refusal(error.status, BODY_SLUGS.get(error.status) ?? "malformed_body");
  return undefined;
}

function refusalByContract({ status, errors, headers = {} }: ContractError): Refusal | undefined {
  switch (status) {
    case 400:
      return malformed(errors);
    case 401:
      return new Refusal(401, "api_key_missing");
    case 404:
      return new Refusal(501, "route_not_implemented", reasonsOf(errors));
    case 405:
      return new Refusal(405, "method_not_allowed", undefined, headers);
    case 415:
      return new Refusal(415, "unsupported_media_type");
    default:
      return undefined;
  }
}

/** Invalid, missing or unknown body fields are 422 by name; everything else is malformed. */
function malformed(problems: readonly ContractProblem[]): Refusal {
  const isAboutFields = problems.length > 0 && problems.every(({ path }) => path?.startsWith(BODY_PREFIX) === true);
  return isAboutFields
    ? new Refusal(422, "validation_failed", reasonsOf(problems))
    : new Refusal(400, "malformed_request", reasonsOf(problems));
}

function reasonsOf(problems: readonly ContractProblem[]): Record<string, string[]> {
  // The client chooses the names, which may be those that every object has, such as `constructor`.
  const reasons = new Map<string, string[]>();
  for (const { path = "/", message = "is invalid" } of problems) {
    const field = path.startsWith(BODY_PREFIX) ? path.slice(BODY_PREFIX.length) : path;
    reasons.set(field, [...(reasons.get(field) ?? []), message]);
  }
  return Object.fromEntries(reasons);
}
