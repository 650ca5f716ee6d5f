import type { Project, ProjectStore } from "../../store/projects";
import type { Access } from "../access";
import type { Lookups } from "./lookups";
import { PROFILES_PATH, type VeracodeOperations, type Wire } from "./operations";
import { pageAround, rangeOf } from "./paging";

export interface ProfileParts {
  projects: ProjectStore;
  access: Access;
  lookups: Lookups;
}

/** Profiles are only named here: this service's scanners have no settings but logins, which are not shown. */
export function profileOperations(
  parts: ProfileParts,
): Pick<VeracodeOperations, "listAnalysisProfiles" | "getAnalysisProfile"> {
  const { access, lookups } = parts;
  return {
    listAnalysisProfiles: (call) => {
      const { query } = call;
      const range = rangeOf(call);
      const targetId = query.get("target_id");
      const found = access
        .projectsOf(call.user())
        .filter((project) => targetId === null || project.targetId === targetId);
      const profiles = found.slice(range.offset, range.offset + range.limit).map(summaryOf);
      const around = pageAround(PROFILES_PATH, query, range, found.length);
      return { status: 200, body: { _embedded: { analysis_profiles: profiles }, ...around } };
    },
    getAnalysisProfile: (call) => ({ status: 200, body: summaryOf(lookups.profile(call)) }),
  };
}

const summaryOf = ({ profileId, targetId, name }: Project): Wire["AnalysisProfileSummary"] => {
  return { analysis_profile_id: profileId, target_id: targetId, name };
};
