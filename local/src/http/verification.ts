import type { components } from "../../../contract/wire.generated";
import { proofOf } from "../consent/proof";
import type { Project } from "../store/projects";

/** How the owner of a project's target proves it, as the API says it. */
export function verificationOf({ proofHash }: Pick<Project, "proofHash">): components["schemas"]["Verification"] {
  const { fileName, fileContent, txtRecord } = proofOf(proofHash);
  return { file_name: fileName, file_content: fileContent, dns_txt: txtRecord };
}
