import type { components } from "../../../../contract/wire.generated";
import { proofOf } from "../../consent/proof";
import type { Project } from "../../store/projects";

/** Returns the proof of ownership of a project's target in the API's form. */
export function verificationOf({ proofSeed }: Pick<Project, "proofSeed">): components["schemas"]["Verification"] {
  const { uuid, fileName, txtRecord } = proofOf(proofSeed);
  return { file_name: fileName, file_content: uuid, dns_txt: txtRecord };
}
