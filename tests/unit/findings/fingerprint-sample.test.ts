import {
  notRun,
  onPublishedReport,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../fixtures/published-report";
import { fingerprintOf, parseFindings, type Finding } from "../../../findings";

warnWithoutPublishedReport("The fingerprints of the published report were");

/** The published findings, each text changed as another scan of the same holes would change it. */
function findings(change: (information: string) => string = (text) => text): readonly Finding[] {
  const report = JSON.parse(publishedReport(), (key, value: unknown) =>
    key === "information" && typeof value === "string" ? change(value) : value,
  ) as object;
  return parseFindings(report).findings;
}

/** Small, seeded, and the same on every machine: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ALPHABET = "abcXYZ0189 <>\"'()[]{}=&%;:/?#.,-_\\$|\n\u00e4\u2028";

function payloadBy(random: () => number): string {
  const length = 1 + Math.floor(random() * 200);
  return Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)] ?? "").join("");
}

const PAYLOAD = /(payload )[^]*$/;

onPublishedReport(`the published findings have as many fingerprints as there are findings${notRun}`, () => {
  const fingerprints = findings().map(fingerprintOf);

  expect(fingerprints).toHaveLength(53);
  expect(new Set(fingerprints).size).toBe(53);
});

onPublishedReport(
  `other payloads and another host leave the published findings' fingerprints as they are${notRun}`,
  () => {
    const before = findings();
    const host = before.find(({ where }) => where.host !== undefined)?.where.host ?? "";
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const random = randomFrom(seed);
      const after = findings((text) =>
        text
          .replace(PAYLOAD, (_all, word: string) => word + payloadBy(random))
          .replaceAll(host, `staging-${seed}.example:8443`),
      );
      const changed = after.filter(({ information }, index) => information !== before[index]?.information);

      expect(changed.filter(({ information }) => PAYLOAD.test(information))).toHaveLength(11);
      expect({ seed, fingerprints: after.map(fingerprintOf) }).toEqual({
        seed,
        fingerprints: before.map(fingerprintOf),
      });
    }
  },
);

onPublishedReport(`a version, a cookie's or a header's name, or a port tells published findings apart${notRun}`, () => {
  const before = new Set(findings().map(fingerprintOf));
  const changes: readonly [RegExp, string][] = [
    [/\d+\.\d+\.\d+/, "77.1.2"],
    [/(?<=cookie with the name )\S+/, "OTHER"],
    [/[\w-]+(?= header is)/, "X-Other"],
    [/\d+(?=\/tcp)/, "8080"],
  ];
  for (const [from, to] of changes) {
    const changed = findings((text) => text.replace(from, to)).map(fingerprintOf);
    expect({ to, hasNew: changed.some((fingerprint) => !before.has(fingerprint)) }).toEqual({ to, hasNew: true });
  }
});
