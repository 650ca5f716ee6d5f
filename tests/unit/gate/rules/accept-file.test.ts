import { AcceptFileError, parseAcceptFile } from "../../../../gate/rules/accept-file";
import { parseAcceptances } from "../../../../gate/rules/accepted-finding";

test("reads a list with its comments, and leaves days as text", async () => {
  const text = [
    "# reviewed by the team",
    "- slug: open-door",
    "  where: /items",
    "  reason: &reason >-",
    "    The door leads",
    "    nowhere.",
    "  expires: 2026-12-31",
    `- finding: ${"0a".repeat(32)}`,
    "  reason: *reason",
    '  expires: "2027-01-31"',
  ].join("\n");

  const content = await parseAcceptFile(text);

  const reason = "The door leads nowhere.";
  expect(content).toEqual([
    { slug: "open-door", where: "/items", reason, expires: "2026-12-31" },
    { finding: "0a".repeat(32), reason, expires: "2027-01-31" },
  ]);
  expect(parseAcceptances(content)).toEqual({ acceptances: content, problems: [] });
});

test.each([[""], ["\n"], ["# nothing yet\n"], ["---\n"], ["\uFEFF"]])("%j is no acceptance", async (text) => {
  expect(await parseAcceptFile(text)).toEqual([]);
});

test.each([
  ["- expires: 2026-12-31", "2026-12-31"],
  ["%YAML 1.1\n---\n- expires: 2026-12-31", "2026-12-31"],
  ["- expires: 2026-12-31T00:00:00Z", "2026-12-31T00:00:00Z"],
])("the day of %j stays a text", async (text, expires) => {
  expect(await parseAcceptFile(text)).toEqual([{ expires }]);
});

test("nothing is merged into an entry from elsewhere", async () => {
  const content = await parseAcceptFile("%YAML 1.1\n---\n- &a {slug: x}\n- <<: *a\n");

  expect(parseAcceptances(content).problems.join("\n")).toContain('accept[1] has the unknown key "<<"');
});

const growing = ["a: &a [x,x,x,x,x]", "b: &b [*a,*a,*a,*a,*a]", "c: &c [*b,*b,*b,*b,*b]", "d: [*c,*c,*c,*c,*c]"].join(
  "\n",
);

test.each([
  ["a key twice", "- slug: a\n  slug: b\n", "line 2, column 3: Map keys must be unique"],
  ["two documents", "- slug: a\n---\n- slug: b\n", "line 2, column 1: a second document begins"],
  ["no YAML", '- slug: "a\n', "line 2, column 1: Missing closing"],
  ["a tag", "- expires: !!timestamp 2026-12-31\n", "line 1, column 12: Unresolved tag"],
  ["an alias to nothing", "- slug: *a\n", "Unresolved alias"],
  ["aliases that make it grow", growing, "Excessive alias count"],
])("refuses %s", async (_what, text, expected) => {
  const reading = parseAcceptFile(text);

  await expect(reading).rejects.toThrow(AcceptFileError);
  await expect(reading).rejects.toThrow(`Reading the file of accepted findings: ${expected}`);
  await expect(reading).rejects.toThrow(
    /Write one YAML list, one entry per accepted finding\. \(ACCEPT_FILE_UNREADABLE\)$/,
  );
});

test("names all that is wrong, and no value", async () => {
  const reading = parseAcceptFile("- reason: hush\n  reason: hush\n- reason: hush\n  reason: hush\n");

  await expect(reading).rejects.toThrow(/line 2, column 3: .+; line 4, column 3: /);
  await expect(reading).rejects.not.toThrow(/hush/);
});

test("a key that is a list is no warning of the process, it is left to the check of the entries", async () => {
  const emitWarning = jest.spyOn(process, "emitWarning").mockImplementation();

  const content = await parseAcceptFile("- ? [hush]\n  : 1\n");

  expect(emitWarning).not.toHaveBeenCalled();
  expect(parseAcceptances(content).problems.join("\n")).toContain("accept[0] has the unknown key");
  emitWarning.mockRestore();
});

test.each([["- !<x\u202Ey> z\n"], ["- *x\u202Ey\n"]])("the message on %j is safe to print", async (text) => {
  await expect(parseAcceptFile(text)).rejects.toThrow("x\uFFFDy");
});
