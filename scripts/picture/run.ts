import type { Browser } from "playwright-core";

import { outputOfSecondRun } from "./run-deployment";
import { terminalLines } from "./run-terminal";

/** A terminal with the message of a closed gate in a run with a baseline. */
export async function pictureOfRun(browser: Browser, file: string, width: number): Promise<void> {
  const lines = terminalLines(interestingPart(await outputOfSecondRun()));
  const page = await browser.newPage({ viewport: { width, height: 700 } });
  await page.setContent(pageWith(lines));
  await page.locator("main").screenshot({ path: file });
}

/** Returns the gate's diagnostics from the output of the run. */
function interestingPart(output: string): string {
  const part = /^.*Diagnostics:.*$|^.*Verdict \(shop-gate-verdict\):[^]*?fixed \(no longer found\)/gm;
  const [heading, verdict] = output.match(part) ?? [];
  if (heading === undefined || verdict === undefined) throw new Error(`The run does not show the findings:\n${output}`);
  return `${heading}\n${verdict}`;
}

/** A long line wraps with an indent. */
const row = (line: string): string => {
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  return `<div style="padding-left: ${indent + 2}ch; text-indent: -${indent + 2}ch">${line}</div>`;
};

const pageWith = (lines: readonly string[]): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>pulumi up</title>
  <style>
    body { margin: 0; }
    main { background: #16191f; color: #e6e8eb; padding: 20px 24px; }
    main { font: 16px/23px "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    .prompt { color: #56d364; font-weight: bold; }
    .left-out { color: #9aa3ad; }
  </style>
  <main><span class="prompt">$</span> pulumi up
<span class="left-out">...</span>
${lines.map(row).join("")}</main>
</html>`;
