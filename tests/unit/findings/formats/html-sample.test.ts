import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseFindings } from "../../../../findings";
import { toHtml } from "../../../../findings/formats/html";
import { named, readElements } from "./html-reader";

/** A published report of the service. It is not part of this repository; it lies beside the checkout. */
const configured = process.env["CRASHTEST_SHARED_DATA"] ?? "";
const folder = configured === "" ? resolve(__dirname, "../../../../../shared/data") : configured;
const file = join(folder, "crashtest-findings-sample.json");
const isThere = existsSync(file);
const onSample = isThere ? test : test.skip;
const reason = isThere ? "" : ` (DID NOT RUN: no ${file}, set CRASHTEST_SHARED_DATA)`;
if (!isThere) console.warn(`The HTML of the published report was NOT TESTED: there is no ${file}.`);

// The numbers were counted apart from this code, see sample.test.ts.
onSample(`all of the published report stands in the HTML, once${reason}`, () => {
  const elements = readElements(toHtml(parseFindings(readFileSync(file, "utf8"))));
  const list = (name: string): string[] => named(elements, name).map(({ text }) => text.trim());
  const fingerprints = elements.filter(({ attributes }) => attributes["class"] === "fingerprint");

  expect(list("li").slice(0, 6)).toEqual(["5 critical", "9 high", "33 medium", "4 low", "2 info", "0 unknown"]);
  expect(list("tbody").length + list("article").length).toBe(54);
  expect(list("tr")).toHaveLength(54);
  expect(new Set(fingerprints.map(({ text }) => text)).size).toBe(53);
  expect(list("summary").sort()).toEqual(["Show 17 CVEs", "Show 3 CVEs"]);
});
