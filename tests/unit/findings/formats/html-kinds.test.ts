import { parseFindings } from "../../../../findings";
import { type FindingKind, kindsOf } from "../../../../findings/formats/html-finding";
import { presentFindings } from "../../../../findings/formats/presented-finding";
import { wireDescription, wireFinding, wireReport, type Wire } from "../../../fixtures/report";

const kinds = (findings: Wire[], descriptions: Wire[], most = 100): FindingKind[] =>
  kindsOf(presentFindings(parseFindings(wireReport({ xss: findings }, { descriptions }))), most);

const found = (slug: string, information: string): Wire => wireFinding({ finding_description_slug: slug, information });
const rated = (slug: string, baseScore: number, rest: Wire = {}): Wire =>
  wireDescription({ slug, title: slug, baseScore, ...rest });

const summary = (list: FindingKind[]): unknown[] =>
  list.map((kind) => [kind[0].title, kind.map(({ number }) => number)]);

test("the worst comes first, by severity, then by score, and what nobody rated last", () => {
  const slugs = ["low", "worst", "bad", "unrated", "mild"];

  const list = kinds(
    slugs.map((slug) => found(slug, "x")),
    [rated("mild", 0), rated("bad", 9), rated("worst", 9.8), rated("low", 3)],
  );

  expect(summary(list)).toEqual([
    ["worst", [1]],
    ["bad", [2]],
    ["low", [3]],
    ["mild", [4]],
    ["unrated", [5]],
  ]);
});

test("findings of one kind stand together, however they were mixed", () => {
  const list = kinds(
    [found("b", "1"), found("a", "2"), found("b", "3"), found("a", "4")],
    [rated("a", 5), rated("b", 5)],
  );

  expect(summary(list)).toEqual([
    ["a", [1, 2]],
    ["b", [3, 4]],
  ]);
});

test.each<[string, Wire]>([
  ["description", { description: "Another one." }],
  ["way to fix it", { how_to_fix: "Otherwise." }],
  ["page of OWASP", { reference_owasp: "https://owasp.example/other" }],
  ["page on how to fix it", { reference_resolution: "https://wiki.example/other" }],
  ["rating", { baseScore: 7.6 }],
])("findings of the same title with another %s are two kinds", (_what, other) => {
  const list = kinds(
    [found("a", "1"), found("b", "2")],
    [rated("a", 7.5, { title: "Door" }), rated("b", 7.5, { title: "Door", ...other })],
  );

  expect(list.map((kind) => kind.length)).toEqual([1, 1]);
});

test("above the limit the mildest are left out", () => {
  const list = kinds(
    [found("low", "1"), found("high", "2"), found("high", "3")],
    [rated("low", 3), rated("high", 8)],
    2,
  );

  expect(summary(list)).toEqual([["high", [1, 2]]]);
});
