import type { components } from "../../../contract/wire.generated";
import { proofOf } from "../consent/proof";
import type { Project } from "../store/projects";

/** How the owner of a project's target proves it, as the API says it. */
export function verificationOf({ proofSeed }: Pick<Project, "proofSeed">): components["schemas"]["Verification"] {
  const { uuid, fileName, txtRecord } = proofOf(proofSeed);
  return { file_name: fileName, file_content: uuid, dns_txt: txtRecord };
}
