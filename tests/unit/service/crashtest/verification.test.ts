import { readVerification } from "../../../../service/crashtest/verification";

const UUID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const WHOLE = { file_name: "crashtest-0a1b2c3d.html", file_content: `${UUID}\n`, dns_txt: UUID };

test("a whole proof comes out in full", () => {
  expect(readVerification(WHOLE)).toStrictEqual({
    verification: { fileName: WHOLE.file_name, fileContent: WHOLE.file_content, txtRecord: WHOLE.dns_txt },
    problems: [],
  });
});

test.each([undefined, null])("%p is a service that does not say, and no problem", (value) => {
  expect(readVerification(value)).toStrictEqual({ verification: undefined, problems: [] });
});

test.each([{}, { file_name: null, file_content: undefined, dns_txt: null }, { other: "x" }])(
  "%j says nothing, and is no problem",
  (value) => {
    expect(readVerification(value)).toStrictEqual({ verification: {}, problems: [] });
  },
);

test.each(["text", 7, true, false, 0, "", [], ["crashtest-1.html"]])("%j is no proof, and a problem", (value) => {
  expect(readVerification(value)).toStrictEqual({
    verification: undefined,
    problems: ["verification is not an object"],
  });
});

test.each([7, true, {}, ["crashtest-1.html"]])("%j in place of a text is left out", (value) => {
  expect(readVerification({ file_name: value, file_content: value, dns_txt: value })).toStrictEqual({
    verification: {},
    problems: ["file_name is not a string", "file_content is not a string", "dns_txt is not a string"],
  });
});

test("whatever form a proof has, it is passed on", () => {
  const other = {
    file_name: "crashtest-0a1B.html",
    file_content: "<p>0a1B</p>\r\n\tnext",
    dns_txt: "crashtest=0a1B; v=1",
  };

  expect(readVerification(other)).toStrictEqual({
    verification: { fileName: other.file_name, fileContent: other.file_content, txtRecord: other.dns_txt },
    problems: [],
  });
});

test.each([`${UUID}\n`, `${UUID}\r\n`, ` ${UUID} `])("a record %j is taken without its ends", (record) => {
  expect(readVerification({ dns_txt: record })).toStrictEqual({ verification: { txtRecord: UUID }, problems: [] });
});

test.each(["crashtest-1.html", `crashtest-${"f".repeat(128)}.html`, "crashtest-a_b-C9.html"])(
  "%s is a name for the file",
  (fileName) => {
    expect(readVerification({ file_name: fileName }).verification).toStrictEqual({ fileName });
  },
);

test.each([
  "",
  ".",
  "..",
  "index.html",
  "crashtest-.html",
  "crashtest-1.htm",
  "crashtest-1.html.js",
  "crashtest-1.2.html",
  "Crashtest-1.html",
  "/crashtest-1.html",
  "a/crashtest-1.html",
  "../crashtest-1.html",
  "crashtest-../1.html",
  "crashtest-..\\1.html",
  "crashtest-%2e%2e%2f1.html",
  "crashtest-1.html/",
  "crashtest-1.html\n",
  "\ncrashtest-1.html",
  "crashtest-1\u0000.html",
  "crashtest-1\u202e.html",
  "crashtest-é.html",
  "crashtest-1 .html",
  "C:crashtest-1.html",
  `crashtest-${"f".repeat(129)}.html`,
])("%j is no name for the file, and the rest is kept", (name) => {
  expect(readVerification({ ...WHOLE, file_name: name })).toStrictEqual({
    verification: { fileContent: WHOLE.file_content, txtRecord: WHOLE.dns_txt },
    problems: ["file_name is not of the form crashtest-<hash>.html"],
  });
});

test.each([
  ["", "is empty"],
  [" \n\t", "is empty"],
  ["x".repeat(65_537), "has more than 65536 characters"],
  ["a\u0000b", "contains control characters"],
  ["a\u001b[31mb", "contains control characters"],
  ["a\u0085b", "contains control characters"],
  ["a\ud800b", "contains control characters"],
])("a content %j is left out (case %#), and the rest is kept", (content, problem) => {
  expect(readVerification({ ...WHOLE, file_content: content })).toStrictEqual({
    verification: { fileName: WHOLE.file_name, txtRecord: WHOLE.dns_txt },
    problems: [`file_content ${problem}`],
  });
});

test.each([
  ["", "is empty"],
  ["  ", "is empty"],
  ["x".repeat(4_097), "has more than 4096 characters"],
  ["a\nb", "contains control characters"],
  ["a\tb", "contains control characters"],
  ["a\udc00b", "contains control characters"],
])("a record %j is left out (case %#), and the rest is kept", (record, problem) => {
  expect(readVerification({ ...WHOLE, dns_txt: record })).toStrictEqual({
    verification: { fileName: WHOLE.file_name, fileContent: WHOLE.file_content },
    problems: [`dns_txt ${problem}`],
  });
});

test("content and record of the greatest length, and of other scripts, are kept", () => {
  const longest = { fileContent: "é".repeat(65_536), txtRecord: "😀".repeat(2_048) };

  const read = readVerification({ file_content: longest.fileContent, dns_txt: longest.txtRecord });

  expect(read).toStrictEqual({ verification: longest, problems: [] });
});

test("no problem repeats what the service sent", () => {
  const value = "../a-value\u0007";

  expect(JSON.stringify(readVerification({ file_name: value, file_content: value, dns_txt: value }))).not.toContain(
    "a-value",
  );
});
