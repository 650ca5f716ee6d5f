import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";

/** An entry of sites.json. Another `version` asks for another scan, of this site alone. */
interface Site {
  name: string;
  url: string;
  version: string;
}

const sites = JSON.parse(readFileSync("sites.json", "utf8")) as Site[];

// One setting for all. Advisory, so that one bad site does not keep the others from being reported; without that, a single
// closed gate fails the run.
const gate: crashtest.ScanGateSettings = { failOn: "high", timeoutSeconds: 4 * 3_600, advisory: true };

const results = sites.map(({ name, url, version }) => {
  const project = new crashtest.Project(name, { url, scanOnDeploy: { triggers: { version }, gate } });
  return project.gate.verdict.apply(({ passed, reason }) => ({ name, passed, reason }));
});

/** The sites that somebody has to look at, with the reason. */
export const closed = pulumi
  .all(results)
  .apply((all) => Object.fromEntries(all.filter(({ passed }) => !passed).map(({ name, reason }) => [name, reason])));
export const openCount = pulumi.all(results).apply((all) => all.filter(({ passed }) => passed).length);
