import { CrashtestError } from "../errors";

/**
 * The error where a scan is to be started of a project that is gone: nothing reads projects, so that only a start notices.
 *
 * @param urn of the project's resource, where the program said which it is
 */
export function missingProject(projectId: string, urn: string | undefined): CrashtestError {
  const command = `\`pulumi up --replace '${urn ?? "URN"}'\``;
  const where = urn === undefined ? ", with the URN of the project, which `pulumi stack --show-urns` lists" : "";
  return new CrashtestError({
    code: "NOT_FOUND",
    problem: `Could not start a scan of project ${projectId}: the service has no such project (project_not_found)`,
    remedy:
      `If it belongs to this stack, it was deleted elsewhere, or by a run that was ended: make it anew with ${command}${where}. ` +
      "Where adoptProjectId names it, remove that first. If it does not belong to this stack, check projectId.",
  });
}
