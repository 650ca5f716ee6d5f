import { parseArgs } from "node:util";

export interface DemoArguments {
  /** Whether the shop runs with its hole mended. */
  isMended: boolean;
  /** Which scanner is used; `auto`: the real one, or the scripted one where the real one cannot be had. */
  scanner: "auto" | "wapiti" | "scripted";
}

export const USAGE = `npm run demo [-- options]
  --mended            run the shop with its hole mended
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
      mended: { type: "boolean", default: false },
      scanner: { type: "string", default: "auto" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const { scanner } = values;
  if (scanner !== "auto" && scanner !== "wapiti" && scanner !== "scripted") {
    throw new Error(`--scanner takes wapiti, scripted or auto, not "${scanner}"`);
  }
  return { isMended: values.mended, scanner };
}
