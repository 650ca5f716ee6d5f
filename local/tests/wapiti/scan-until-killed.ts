import { createWapitiScanner } from "../../src/scanners/wapiti";

/** A program of its own that scans: cache folder and target as arguments; prints what it is told of the scan. */
async function main(cacheDir: string, target: string): Promise<void> {
  const scanner = await createWapitiScanner({ cacheDir, log: console.log });
  const addresses = [{ address: "127.0.0.1", family: 4 }];
  const run = scanner.start({ scanId: 1, projectId: 1, target: new URL(target), addresses }, ({ message }) => {
    console.log(message);
  });
  console.log((await run.ended).state);
}

void main(process.argv[2] ?? "", process.argv[3] ?? "");
