import { ConfigurationError, SLUGS, createClient } from "pulumi-crashtest/client";
import { slugProblems } from "../../../../service/crashtest/answers";
import { resolveOptions } from "../../../../service/crashtest/options";
import { CLIENT_REMEDIES } from "../../../../service/crashtest/remedies";

test("the table names each outcome that a status alone does not tell", () => {
  expect(SLUGS).toEqual({
    projectCreated: "project_created",
    projectDeleted: "project_deleted",
    projectNotFound: "project_not_found",
    scanAlreadyRunning: "scan_already_running",
    scanStopped: "scan_stopped",
    scanNotRunning: "scan_not_running",
    scanNotFound: "scan_not_found",
    webhookNotFound: "webhook_not_found",
  });
});

test("an override replaces its entry and no other", () => {
  expect(resolveOptions({ slugs: { scanStopped: "halted" } }, CLIENT_REMEDIES).slugs).toEqual({
    ...SLUGS,
    scanStopped: "halted",
  });
});

test.each(["", "Project Deleted", "project-deleted", "a".repeat(101)])("%p is no slug", (slug) => {
  expect(slugProblems({ projectDeleted: slug })).toEqual([
    "has an invalid slug for projectDeleted: expected lower-case letters, digits and underscores, such as project_deleted",
  ]);
});

test.each(["deleted", "toString", "__proto__"])("the outcome %s is unknown", (outcome) => {
  const problems = slugProblems(Object.fromEntries([[outcome, "gone"]]));

  expect(problems).toEqual([`has an unknown outcome ${outcome}: expected one of ${Object.keys(SLUGS).join(", ")}`]);
});

test("a client with slugs that cannot be used is refused", () => {
  expect(() => createClient({ slugs: { projectDeleted: "Gone!" } })).toThrow(ConfigurationError);
});
