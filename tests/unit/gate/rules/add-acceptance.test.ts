import { addAcceptance, readAcceptances } from "../../../../gate/rules/accept-file";
import type { AcceptedFinding } from "../../../../gate/rules/accepted-finding";

const ENTRY: AcceptedFinding = { finding: "0a".repeat(32), reason: "Behind the login.", expires: "2026-12-31" };
const LINES = `- finding: ${"0a".repeat(32)}\n  reason: Behind the login.\n  expires: 2026-12-31\n`;

const COMMENTED = `# yaml-language-server: $schema=schema.json
# Reviewed by the team.

- slug: open-door # all of this kind
  where: /legacy
  reason: >-
    The page goes away
    in January.
  expires: "2027-01-31"

# about the next
-   slug: 'x'
    reason: &r plain
    expires: 2027-01-31
# the end
`;

test.each([
  ["an empty file", ""],
  ["comments alone", "# nothing yet\n"],
  ["a document that is begun", "---\n"],
  ["a list with comments, folded texts and a layout of its own", COMMENTED],
  ["a list of one line each", "- {slug: a, reason: x, expires: 2026-12-31}\n"],
  ["a version", "%YAML 1.2\n---\n- slug: a\n  reason: x\n  expires: 2026-12-31\n"],
])("to %s the entry is added at the end, and no byte before it changes", async (_what, text) => {
  expect(await addAcceptance(text, ENTRY)).toBe(text + LINES);
});

test.each<[string, string, string]>([
  [
    "without a last line end",
    "- slug: a\n  reason: x\n  expires: 2026-12-31",
    "- slug: a\n  reason: x\n  expires: 2026-12-31\n",
  ],
  ["with line ends of Windows", "- slug: a\r\n  reason: x\r\n  expires: 2026-12-31\r\n", ""],
  ["that is indented", "  - slug: a\n    reason: x\n    expires: 2026-12-31\n", ""],
])("a list %s stays one", async (_what, text, begun) => {
  const after = await addAcceptance(text, ENTRY);

  expect(after.startsWith(begun === "" ? text : begun)).toBe(true);
  expect(await readAcceptances(after)).toEqual([{ slug: "a", reason: "x", expires: "2026-12-31" }, ENTRY]);
  expect(after.includes("\r\n")).toBe(text.includes("\r\n"));
  expect(/[^\r]\n/.test(after)).toBe(!text.includes("\r\n"));
});

test.each([
  ["an empty list", "[] # none yet\n"],
  ["a list in brackets", "# here\n[{slug: a, reason: x, expires: 2026-12-31}] # none yet\n"],
  ["an end that is marked", "- slug: a # none yet\n  reason: x\n  expires: 2026-12-31\n...\n"],
])("%s is written anew, with its comments", async (_what, text) => {
  const before = await readAcceptances(text);

  const after = await addAcceptance(text, ENTRY);

  expect(await readAcceptances(after)).toEqual([...before, ENTRY]);
  expect(after).toContain("# none yet");
});

test.each([
  ["digits that are a number to YAML", { ...ENTRY, finding: `1e${"1".repeat(62)}` }],
  ["digits alone", { ...ENTRY, finding: "0".repeat(64) }],
  ["a reason with signs of YAML", { ...ENTRY, reason: 'a: b # "c" - [d]' }],
  ["a reason of several lines", { ...ENTRY, reason: "one\n\n  two\n" }],
  ["a reason of 1,000 characters", { ...ENTRY, reason: "word ".repeat(200).trim() }],
  ["a reason that is a word of YAML", { ...ENTRY, reason: "null" }],
])("an entry with %s is read as it was given", async (_what, entry) => {
  expect(await readAcceptances(await addAcceptance(COMMENTED, entry))).toContainEqual(entry);
  expect(await readAcceptances(await addAcceptance("[]", entry))).toEqual([entry]);
});

test.each([
  ["no YAML", "- slug: ["],
  ["no list", "slug: a\n"],
  ["an entry that is none", "- slug: a\n"],
  ["two documents", "- slug: a\n  reason: x\n  expires: 2026-12-31\n---\n"],
])("a file with %s is refused", async (_what, text) => {
  await expect(addAcceptance(text, ENTRY)).rejects.toMatchObject({ code: "ACCEPT_FILE_UNREADABLE" });
});

test("an entry that a gate would refuse is not written", async () => {
  await expect(addAcceptance("", { ...ENTRY, expires: "soon" })).rejects.toMatchObject({
    code: "ACCEPT_FILE_UNREADABLE",
  });
});
