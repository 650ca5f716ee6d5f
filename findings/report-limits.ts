/**
 * How much is read of a report's text. No scanner comes near; but what a scanned site answers may stand in a report, and with
 * these limits one of the default `maxReportBytes` costs a gate at most 400 MB of memory (measured, see
 * `tests/engine/report-size`). Lengths are in characters (UTF-16).
 */

/** Findings of a report. Those of the published sample have 510 bytes each, so 64 MiB of such are fewer. */
export const MAX_FINDINGS = 150_000;

/** Scanners of a report, those that broke, and slugs and descriptions of a JSON report: of each so many. */
export const MAX_KINDS = 10_000;

/** Names of attributes in an XML report; JUnit has about a dozen. */
export const MAX_ATTRIBUTE_NAMES = 1_000;

/** Names of members in the findings of a JSON report, which has some twenty; but a scanner may put addresses there. */
export const MAX_MEMBER_NAMES = 100_000;

/** What has to be held as one: the JSON text of a finding, and in XML what stands between two tags, or inside a failure. */
export const MAX_PART_LENGTH = 512 * 1024;

/** A scanner's sentence: it is gone through again and again. */
export const MAX_SENTENCE_LENGTH = 256 * 1024;

/** All of a JSON report beside its findings, most of it descriptions. */
export const MAX_OUTLINE_LENGTH = 1024 * 1024;
