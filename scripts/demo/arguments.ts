import { parseArgs } from "node:util";

/** What the gate does in each act, in order. */
export const ACTS = ["closed", "accepted", "opened"] as const;
export type Act = (typeof ACTS)[number];

export interface DemoArguments {
  /** The last act to play, and what its gate should do. */
  expected: Act;
  /** Whether the shop is deployed with its holes fixed from the start, so that the last act is the only one. */
  isMended: boolean;
  /** Which service's API the demo speaks. */
  service: "crashtest" | "veracode";
  /** Which scanner is used; `auto`: the real one, or the scripted one if the real one is not available. */
  scanner: "auto" | "wapiti" | "scripted";
}

/** The exit code if a gate did something unexpected. */
export const EXIT_UNEXPECTED = 3;

export const USAGE = `npm run demo [-- options]
  --expect ACT        plays up to this act; exits with 0 if its gate did this, otherwise with ${EXIT_UNEXPECTED}:
                      closed    the gate holds the release back because the scan found holes
                      accepted  the findings are accepted for a while, and the gate opens
                      opened    the holes are fixed, a new scan finds nothing, and the gate opens (default)
  --mended            deploys the shop with its holes fixed from the start
  --service NAME      crashtest (default) or veracode: which service's API the local service speaks
  --scanner NAME      wapiti (the real one), scripted, or auto: the real one if available (default)
  --help`;

/**
 * @returns undefined if help was requested
 * @throws Error for an invalid option
 */
export function parseDemoArguments(args: readonly string[]): DemoArguments | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      expect: { type: "string", default: "opened" },
      mended: { type: "boolean", default: false },
      service: { type: "string", default: "crashtest" },
      scanner: { type: "string", default: "auto" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const expected = ACTS.find((act) => act === values.expect);
  if (expected === undefined) throw new Error(`--expect takes ${ACTS.join(", ")}, not "${values.expect}"`);
  if (values.mended && expected === "accepted") throw new Error("--mended leaves nothing to accept");
  const { scanner, service } = values;
  if (service !== "crashtest" && service !== "veracode") {
    throw new Error(`--service takes crashtest or veracode, not "${service}"`);
  }
  if (scanner !== "auto" && scanner !== "wapiti" && scanner !== "scripted") {
    throw new Error(`--scanner takes wapiti, scripted or auto, not "${scanner}"`);
  }
  return { expected, isMended: values.mended, service, scanner };
}
