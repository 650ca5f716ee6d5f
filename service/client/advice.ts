import type { Attempt } from "../http/errors";

/**
 * Returns what to do where the service does not answer, or something else answers.
 *
 * @param option how an option is known to the user
 * @param addressOptions the options that decide where a request goes
 */
export function adviceOf(option: (name: string) => string, addressOptions: readonly string[]): Attempt["advice"] {
  const endpoint = option("endpoint");
  const named = [...addressOptions.map(option), "any proxy in between"];
  const all = `${named.slice(0, -1).join(", ")} and ${named.at(-1) ?? ""}`;
  return {
    unreachable: `Check ${endpoint}, the network, and HTTPS_PROXY and NO_PROXY.`,
    badCertificate: `Check ${endpoint}; for a private certificate authority, set NODE_EXTRA_CA_CERTS to its file.`,
    notTheService: `Something other than the service seems to answer: check ${all}.`,
  };
}
