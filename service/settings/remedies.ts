import type { IdentityRemedies } from "../client/remedies";
import type { Remedies } from "../crashtest/remedies";
import type { Remedies as VeracodeRemedies } from "../veracode/remedies";
import { CONFIG_NAMESPACE, environmentVariableOf } from "./sources";

const FORGET =
  "remove it from the stack: `pulumi state delete --target-dependents 'URN'`, with the URN of the project from " +
  "`pulumi stack --show-urns`; then run `pulumi up`";

const SERVICE_SETTING = `${CONFIG_NAMESPACE}:service (${environmentVariableOf("service")})`;

const IDENTITY_REMEDIES: IdentityRemedies = {
  option: (name) => `${CONFIG_NAMESPACE}:${name}`,
  otherKind: (kind) =>
    `Set ${SERVICE_SETTING} to ${kind}, as it was when this was deployed, and run again. To move a stack to another service, ` +
    "destroy it with the former settings first, and then deploy it with the new ones.",
  otherOrigin: (owner) =>
    `To take down what is at ${owner}, set endpoint and key to their former values and run \`pulumi destroy --run-program\`. If ` +
    `it is the same service under a new address, set ${CONFIG_NAMESPACE}:formerEndpoints ` +
    `(${environmentVariableOf("formerEndpoints")}) to '["${owner}"]' and run \`pulumi up\`. If that service is gone for good, ${FORGET}.`,
  goneForGood: FORGET,
};

/** What to do, in terms of a Pulumi program: the commands of the CLI, and the settings of a stack. */
export const PULUMI_REMEDIES: Remedies = {
  ...IDENTITY_REMEDIES,
  missingKey: "run `pulumi config set --secret crashtest:apiKey`, or set CRASHTEST_API_KEY",
  refusedKey:
    "the API key (pulumi config set --secret crashtest:apiKey, or CRASHTEST_API_KEY). A destroy without the program uses " +
    "the key of the last `pulumi up`: after a rotation run `pulumi up`, or `pulumi destroy --run-program`, which a gate lets " +
    "through where it can tell it from a deployment: not on Windows, nor in inline programs of the Automation API.",
  targetNotVerified:
    "as a file in the target's web root (a Project's outputs verificationFileName and " +
    "verificationFileContent), as an answer of the target (verificationUuid, at /verify/crashtest/<its first 8 digits>) or as a " +
    "DNS TXT record of its host name (verificationTxtRecord), leave it there, and run again. " +
    "Where the same program deploys the proof, name it in dependsOn of a Scan, or use the hook scanOnDeploy(): a Project's own " +
    "option scanOnDeploy scans before the proof is in place.",
};

/** The same for Veracode. */
export const VERACODE_PULUMI_REMEDIES: VeracodeRemedies = {
  ...IDENTITY_REMEDIES,
  missingCredentials:
    "run `pulumi config set crashtest:veracodeApiId` and `pulumi config set --secret crashtest:veracodeApiKey`, or set " +
    `${environmentVariableOf("veracodeApiId")} and ${environmentVariableOf("veracodeApiKey")}, or write ~/.veracode/credentials`,
  refusedCredentials:
    "crashtest:veracodeApiId and crashtest:veracodeApiKey, or where they are not set " +
    `${environmentVariableOf("veracodeApiId")} and ${environmentVariableOf("veracodeApiKey")}, or else ~/.veracode/credentials`,
  adopt: (targetId) => `set adoptProjectId to "${targetId}"`,
};
