import { truncated } from "../plain-text";
import { markup, type Markup } from "./html-markup";
import { placeOf, presentName, type PresentedFinding } from "./presented-finding";

/** The most characters of a text, by where it stands, so that no scanned site can swell the file. */
export const MOST_CHARACTERS = { text: 20_000, title: 300, place: 1000, cell: 160 };

/** The beginning of a text, with how much is left out; the text itself where it is not longer than `most`. */
export function clipped(text: string, most: number): string {
  const start = truncated(text, most);
  return start === text ? text : `${start} (${text.length - start.length + 1} more characters)`;
}

/** A name that is no part of a finding, such as that of a scanner which did not run. */
export const nameOf = (text: string): string => clipped(presentName(text), MOST_CHARACTERS.title);

/** Where a finding was made, in one line: never a link, for it leads to the scanned site. Undefined where nothing is known. */
export function whereOf(finding: PresentedFinding, most: number): Markup | undefined {
  const { parameter } = finding.where;
  const place = placeOf(finding);
  if (place === "" && parameter === undefined) return undefined;
  const code = (text: string): Markup => markup`<code>${truncated(text, most)}</code> `;
  const named =
    parameter === undefined ? undefined : markup`<span class="muted">parameter</span>\u00A0${code(parameter)}`;
  return markup`${place === "" ? undefined : code(place)}${named}`;
}
