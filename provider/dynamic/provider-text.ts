/** The resources of this package's provider, by the file of their entry. */
export type ProviderEntry = "project" | "scan" | "verdict";

/** The module part of the type tokens: `pulumi-nodejs:dynamic/crashtest:Project`. */
export const TYPE_MODULE = "pulumi-nodejs:dynamic/crashtest";

/**
 * Returns the text in `__provider` of every resource, in the state of every user.
 *
 * The engine's own SDK would serialize a closure here. This text is written by hand and never changes, neither with a release
 * nor with a TypeScript target or the SDK. So an upgrade shows no change, a fix reaches the delete of an old resource, and no
 * secret can be captured. The dynamic provider process evaluates it in the program's folder, so the package must be a direct
 * dependency of the program.
 */
export const providerText = (entry: ProviderEntry): string =>
  `exports.handler=()=>require("pulumi-crashtest/provider/${entry}")`;
