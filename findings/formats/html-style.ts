import { markup } from "./html-markup";
import { BASE_STYLE } from "./html-style-base";
import { MEDIA_STYLE } from "./html-style-media";
import { REPORT_STYLE } from "./html-style-report";

/** The style of the document, the same for each report: its hash stands in the policy, and nothing of a finding stands in it. */
export const STYLE = markup`${BASE_STYLE}${REPORT_STYLE}${MEDIA_STYLE}`;
