/** Creates the images of docs/images, or one of them: node scripts/run.mjs scripts/picture/main.ts [page|report|run [FILE [WIDTH]]] */
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";

import { REPOSITORY_ROOT } from "../engine/cache";
import { findBrowser, HOW_TO_GET_A_BROWSER, isProgram } from "../test/browser";
import { pictureOfPage } from "./page";
import { pictureOfReport } from "./report";
import { pictureOfRun } from "./run";

/** Takes a screenshot at this width, in CSS pixels, and writes it to this file. */
type Picture = (browser: Browser, file: string, width: number) => Promise<void>;

const PICTURES = new Map<string, Picture>([
  ["page", pictureOfPage],
  ["report", pictureOfReport],
  ["run", pictureOfRun],
]);
const DEFAULT_WIDTH = 1100;

async function main([only, file, width = String(DEFAULT_WIDTH)]: readonly string[]): Promise<void> {
  const names = only === undefined ? [...PICTURES.keys()] : [only];
  const executablePath = findBrowser(process.env, isProgram);
  if (executablePath === undefined)
    throw new Error(`There is no browser to take the picture with: ${HOW_TO_GET_A_BROWSER}.`);
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    for (const name of names) {
      const take = PICTURES.get(name);
      if (take === undefined) throw new Error(`There is no picture "${name}", but ${[...PICTURES.keys()].join(", ")}.`);
      const target = file ?? join(REPOSITORY_ROOT, `docs/images/${name}.png`);
      await take(browser, target, Number(width));
      process.stdout.write(`${target}\n`);
    }
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
