import { truncated } from "../plain-text";
import type { SarifText } from "./sarif-log";

/**
 * A text of SARIF, cut where it is longer than `most` characters. It may hold links there (`[text](address)`), which neither a
 * scanned site nor a report must write: a blank breaks them.
 */
export const sarifText = (text: string, most: number): SarifText => ({
  text: truncated(text.replaceAll("](", "] ("), most),
});
