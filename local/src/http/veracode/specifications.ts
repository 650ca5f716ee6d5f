import { parseApiSpecification } from "../../scanners/api-specification";
import type { Lookups } from "./lookups";
import type { VeracodeOperations } from "./operations";
import type { ProfileMemory } from "./profile-settings";
import { problem } from "./problem";

/** ASSUMED: the code. */
const INVALID = "API_SPEC_INVALID";

/** The uploaded specification of a target's API, which takes the place of its address. */
export function specificationOperations(
  lookups: Lookups,
  memory: ProfileMemory,
): Pick<VeracodeOperations, "uploadSpecification"> {
  return {
    uploadSpecification: (call) => {
      const { targetId } = lookups.target(call);
      const { specFile } = call.body as { specFile: string };
      const parsed = parseApiSpecification(specFile);
      if ("problem" in parsed) {
        throw problem(400, INVALID, `The file is not a valid OpenAPI document: ${parsed.problem}.`);
      }
      memory.change(targetId, { specs: { api_spec: specFile } });
      return { status: 200, body: {} };
    },
  };
}
