import {
  notRun,
  onPublishedReport,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../../fixtures/published-report";
import { parseFindings } from "../../../../findings";
import { toHtml } from "../../../../findings/formats/html";
import { named, readElements } from "./html-reader";

warnWithoutPublishedReport("The HTML of the published report was");

// The numbers were counted apart from this code, see sample.test.ts.
onPublishedReport(`all of the published report stands in the HTML, once${notRun}`, () => {
  const elements = readElements(toHtml(parseFindings(publishedReport())));
  const list = (name: string): string[] => named(elements, name).map(({ text }) => text.trim());
  const fingerprints = elements.filter(({ attributes }) => attributes["class"] === "fingerprint");

  expect(list("li").slice(0, 6)).toEqual(["5 critical", "9 high", "33 medium", "4 low", "2 info", "0 unknown"]);
  expect(list("tbody").length + list("article").length).toBe(54);
  expect(list("tr")).toHaveLength(54);
  expect(new Set(fingerprints.map(({ text }) => text)).size).toBe(53);
  expect(list("summary").sort()).toEqual(["Show 17 CVEs", "Show 3 CVEs"]);
});
