/** The digits of a team's UUID that hold its number. */
const DIGITS = 18;
const FORM = /^00000000-0000-4(\d{3})-8(\d{3})-(\d{12})$/;

/** Returns the UUID of a team: its number with leading zeros, so that nobody has to look it up. */
export function teamUuidOf(teamId: number): string {
  const digits = String(teamId).padStart(DIGITS, "0");
  return `00000000-0000-4${digits.slice(0, 3)}-8${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/** Returns the number of the team with this UUID; undefined if no team can have it. */
export function teamIdOf(uuid: string): number | undefined {
  const match = FORM.exec(uuid);
  if (match === null) return undefined;
  const id = Number(match.slice(1).join(""));
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
