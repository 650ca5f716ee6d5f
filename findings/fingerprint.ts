import { createHash } from "node:crypto";
import type { Finding } from "./finding";
import { lastingText } from "./lasting-text";

/** Names how the parts are put together. It changes only if that ever has to, for then every accepted finding counts again. */
const SCHEME = "crashtest-finding-1";

/**
 * What a finding is recognised by from scan to scan: SHA-256, in hex, of scanner, slug, method, path and parameter. Where one
 * of the last three is missing, also of what lasts of its text, so that two cookies on one path are two findings. Host,
 * scheme and query are no part of it: the same hole on staging and in production is one finding.
 *
 * What this gives is in users' files of accepted findings: it never changes.
 */
export function fingerprintOf({
  scanner,
  slug,
  where,
  information,
}: Pick<Finding, "scanner" | "slug" | "where" | "information">): string {
  const { method, path, parameter, host } = where;
  const isComplete = method !== undefined && path !== undefined && parameter !== undefined;
  const text = isComplete ? null : lastingText(information, host);
  // A list in JSON, so that no part can imitate another, nor a missing one an empty one.
  const parts = [SCHEME, scanner, slug, method ?? null, path ?? null, parameter ?? null, text];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
