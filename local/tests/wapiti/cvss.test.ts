import { cvssScore } from "../../src/scanners/wapiti/cvss";

/** Scores that are published with their vectors: the examples of the standard, and entries of the national database. */
const PUBLISHED: [name: string, vector: string, score: number][] = [
  ["CVE-2013-1937, a reflected XSS", "AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1],
  ["CVE-2013-0375, an SQL injection with a login", "AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4],
  ["CVE-2014-3566, POODLE", "AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1],
  ["CVE-2012-1516, a guest that leaves its machine", "AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9],
  ["CVE-2009-0783, Tomcat's parser", "AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2],
  ["CVE-2012-0384, an escalation on a router", "AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8],
  ["CVE-2014-0160, Heartbleed", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5],
  ["CVE-2014-6271, Shellshock", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8],
  ["CVE-2008-1447, DNS cache poisoning", "AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8],
  ["CVE-2014-2005, a lock that is passed at the console", "AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8],
  ["CVE-2010-0467, a file read in a content system", "AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8],
  ["CVE-2014-0224, a cipher change that is injected", "AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", 7.4],
  ["CVE-2012-5376, a sandbox that is left", "AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H", 9.6],
  ["CVE-2015-1098, a file that breaks its reader", "AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8],
  ["CVE-2013-6014, a proxy for the local network", "AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3],
  ["CVE-2021-44228, Log4Shell", "AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10],
  ["the service's SQL injection", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", 9.1],
  ["nothing is lost", "AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0],
];

describe("cvssScore", () => {
  it.each(PUBLISHED)("gives the published score of %s", (_name, vector, score) => {
    expect(cvssScore(vector).baseScore).toBe(score);
  });

  it("gives the parts of the score as the service's reports have them", () => {
    expect(cvssScore("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N")).toEqual({
      baseScore: 6.1,
      impact: 2.7,
      exploitability: 2.8,
    });
  });

  it.each(["", "AV:N", "AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L", "AV:X/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"])(
    "refuses %p",
    (vector) => {
      expect(() => cvssScore(vector)).toThrow(/is no CVSS v3.1 base vector/);
    },
  );
});
