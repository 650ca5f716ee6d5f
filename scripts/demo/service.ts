import { createWapitiScanner, ScannerUnavailableError } from "../../local/src/scanners/wapiti";
import { EXAMPLE_SCRIPT, startLocalService, type LocalService, type Scanner, type Script } from "../../local/src";
import { cacheRoot } from "../engine/cache";
import type { DemoArguments } from "./arguments";
import { dim, plain, say, yellow } from "./terminal";

const TEAM_ID = 42;

export interface DemoService {
  service: LocalService;
  /** The settings by which a program finds it, as environment variables. */
  settings: Readonly<Record<string, string>>;
  /** False if the findings are invented. */
  isReal: boolean;
  /** From now on the shop has no holes, which a scanner that invents its findings must be told. */
  mend: () => void;
}

const NOTHING_FOUND: Script = { default: { durationSeconds: 5 } };

/** Starts the local service with the requested scanner, or with the available one. */
export async function startService(args: DemoArguments): Promise<DemoService> {
  const scanner = args.scanner === "scripted" ? undefined : await findScanner(args.scanner);
  const seed = { teams: [{ id: TEAM_ID, name: "Demo" }], users: [{ name: "demo", teamIds: [TEAM_ID] }] };
  const service = await startLocalService({
    seed,
    // By default targets on this machine need no proof: the demo shows what any other target needs.
    ...(args.service === "crashtest" ? { requireProof: true } : { api: args.service, allowLocalTargets: true }),
    ...(scanner === undefined
      ? { script: args.isMended ? NOTHING_FOUND : EXAMPLE_SCRIPT }
      : { scanner: tellingProgress(scanner) }),
  });
  const mend = (): void => {
    if (scanner === undefined) service.setScript(NOTHING_FOUND);
  };
  return { service, settings: settingsFor(args.service, service), isReal: scanner !== undefined, mend };
}

function settingsFor(kind: DemoArguments["service"], service: LocalService): Record<string, string> {
  const shared = { CRASHTEST_SERVICE: kind, CRASHTEST_ENDPOINT: service.url };
  if (kind === "crashtest") {
    return { ...shared, CRASHTEST_API_KEY: service.apiKeys["demo"] ?? "", CRASHTEST_TEAM_ID: String(TEAM_ID) };
  }
  const { id = "", secret = "" } = service.signingKeys["demo"] ?? {};
  return { ...shared, VERACODE_API_KEY_ID: id, VERACODE_API_KEY_SECRET: secret };
}

async function findScanner(asked: "auto" | "wapiti"): Promise<Scanner | undefined> {
  try {
    return await createWapitiScanner({
      cacheDir: cacheRoot(process.env),
      log: (line) => {
        say(dim(`   ${plain(line)}`));
      },
    });
  } catch (error) {
    if (asked === "wapiti" || !(error instanceof ScannerUnavailableError)) throw error;
    say(yellow(`   The real scanner is not available: ${error.message}`));
    say(yellow("   The scripted scanner is used instead: its findings are invented."));
    return undefined;
  }
}

function tellingProgress(scanner: Scanner): Scanner {
  return {
    ...scanner,
    start: (request, onProgress) =>
      scanner.start(request, (progress) => {
        say(dim(`   [${scanner.name}] ${plain(progress.message)}`));
        onProgress(progress);
      }),
  };
}
