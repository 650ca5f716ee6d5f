import { hasEngineColor } from "../../errors/plain-text";
import type { Verification } from "../../service/service";

/** How to prove the ownership of the target, by the outputs' names. Not secret: the one that is used is published. */
export interface ProofState {
  verificationFileName?: string;
  verificationFileContent?: string;
  verificationTxtRecord?: string;
}

/** Returns the outputs of a proof. One that the engine would take for a colour is left out: it would end in a panic. */
export function printableProof({ fileName, fileContent, txtRecord }: Verification = {}) {
  const proof: ProofState = {};
  const problems: string[] = [];
  const parts = [
    ["verificationFileName", fileName],
    ["verificationFileContent", fileContent],
    ["verificationTxtRecord", txtRecord],
  ] as const;
  for (const [output, text] of parts) {
    // The engine does not accept undefined values.
    if (text === undefined) continue;
    if (hasEngineColor(text)) problems.push(`${output} contains <{%, which Pulumi takes for a colour`);
    else proof[output] = text;
  }
  return { proof, problems };
}
