import { readTarget, toTargetUpdate } from "../../../../service/veracode/target";
import { target } from "./mock-veracode";

const withoutTeam = (isLeadsOnly: boolean) => readTarget({ ...target({ teams: [], is_sec_lead_only: isLeadsOnly }) });

test.each([
  [true, undefined],
  [false, "hidden"],
])("a target without a team, for security leads only: %p, has the team %p", (isLeadsOnly, teamId) => {
  expect(withoutTeam(isLeadsOnly)?.snapshot.teamId).toBe(teamId);
});

test("an update of a target whose team cannot be seen names no team", () => {
  expect(toTargetUpdate({ ...withoutTeam(false)?.snapshot })).not.toHaveProperty("teams");
});
