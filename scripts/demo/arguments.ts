import { parseArgs } from "node:util";

/** What the gate does in each act, in their order. */
export const ACTS = ["closed", "accepted", "opened"] as const;
export type Act = (typeof ACTS)[number];

export interface DemoArguments {
  /** The last act to play, and what its gate has to do. */
  expected: Act;
  /** Whether the shop is deployed with its holes mended from the start, so that the last act is the only one. */
  isMended: boolean;
  /** Which scanner is used; `auto`: the real one, or the scripted one where the real one cannot be had. */
  scanner: "auto" | "wapiti" | "scripted";
}

/** The exit code where a gate did something else than was expected. */
export const EXIT_UNEXPECTED = 3;

export const USAGE = `npm run demo [-- options]
  --expect ACT        plays up to this act and ends with 0 if its gate did this, with ${EXIT_UNEXPECTED} if it did not:
                      closed    the gate holds the release back, since the scan found holes
                      accepted  the findings are accepted for a while, and the gate opens
                      opened    the holes are mended, another scan finds nothing, and the gate opens (default)
  --mended            deploys the shop with its holes mended from the start
  --scanner NAME      wapiti (the real one), scripted, or auto: the real one where it can be had (default)
  --help`;

/**
 * @returns undefined where help was asked for
 * @throws Error for what is no option
 */
export function parseDemoArguments(args: readonly string[]): DemoArguments | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      expect: { type: "string", default: "opened" },
      mended: { type: "boolean", default: false },
      scanner: { type: "string", default: "auto" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const expected = ACTS.find((act) => act === values.expect);
  if (expected === undefined) throw new Error(`--expect takes ${ACTS.join(", ")}, not "${values.expect}"`);
  if (values.mended && expected === "accepted") throw new Error("--mended leaves nothing to be accepted");
  const { scanner } = values;
  if (scanner !== "auto" && scanner !== "wapiti" && scanner !== "scripted") {
    throw new Error(`--scanner takes wapiti, scripted or auto, not "${scanner}"`);
  }
  return { expected, isMended: values.mended, scanner };
}
