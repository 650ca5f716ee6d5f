/** The resources that are backed by this package's provider, by the file that holds their lifecycle's entry. */
export type ProviderEntry = "project" | "scan" | "verdict";

/** The module part of the type tokens: `pulumi-nodejs:dynamic/crashtest:Project`. */
export const TYPE_MODULE = "pulumi-nodejs:dynamic/crashtest";

/**
 * What stands in `__provider` of every resource, in the state of every user.
 *
 * The engine's own SDK would serialize a closure here; we write the text by hand, and it never changes: not with a
 * release, a TypeScript target or the SDK. So an upgrade shows no change, a fix reaches the delete of an old resource,
 * and no secret can be captured. The dynamic provider process evaluates it in the program's folder, from which the
 * package therefore has to be found: it has to be a direct dependency of the program.
 */
export const providerText = (entry: ProviderEntry): string =>
  `exports.handler=()=>require("pulumi-crashtest/provider/${entry}")`;
