/** A category of the scanner in the service's terms. */
export interface Category {
  /** The service's own slug, if its reports have one for the same thing. */
  slug: string;
  title: string;
  description: string;
  howToFix: string;
  /** CVSS v3.1 base vector from which the score is computed. The scanner itself has levels from 0 to 4, no CVSS. */
  vector: string;
  /** Where the vector comes from. */
  source: string;
}

/** Categories by the scanner's name for them. */
export type CategoryTable = Readonly<Record<string, Category>>;

/** Sources that several categories share. */
export const SERVICE_SCORE = "the score in a published report of the service";
export const NATIONAL_DATABASE = "the usual score of the national vulnerability database for holes of this kind";
export const IN_DEPTH =
  "ours: a weakness in depth, which needs a second hole to be exploited (high complexity, one partial loss); the service scores it higher";
export const HINT = "ours: a hint, not a hole (high complexity, partial loss of availability)";

export const SCRIPT_IN_BROWSER = "AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N";
export const CHANGED_IN_BROWSER = "AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N";
export const PARTIAL_READING = "AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N";
export const WHOLE_SERVER = "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
