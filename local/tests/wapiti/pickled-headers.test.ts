import { pickledHeader } from "../../src/scanners/wapiti/pickled-headers";

const run = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const head = text.length < 256 ? Buffer.from([0x43, text.length]) : Buffer.concat([Buffer.from("B"), length]);
  return Buffer.concat([head, Buffer.from(text, "latin1"), Buffer.from([0x94])]);
};

/** As Python pickles the headers of an answer. */
const pickle = (...headers: [string, string][]): Buffer =>
  Buffer.concat([
    Buffer.from("\x80\x05\x8c\x05_list\x94]\x94(", "latin1"),
    ...headers.flatMap(([name, value]) => [run(name), run(name.toLowerCase()), run(value), Buffer.from([0x87, 0x94])]),
    Buffer.from("e\x8c\x09_encoding\x94ub.", "latin1"),
  ]);

test.each(["Location", "location", "LOCATION"])("the value of %s", (name) => {
  expect(pickledHeader(pickle(["Date", "today"], [name, "/login?next=/"], ["X", "y"]), "location")).toBe(
    "/login?next=/",
  );
});

test("a long value", () => {
  const value = `/login?next=${"x".repeat(300)}`;

  expect(pickledHeader(pickle(["Location", value]), "location")).toBe(value);
});

test.each<[string, Buffer]>([
  ["no such header", pickle(["Date", "today"])],
  ["a header that only ends like it", pickle(["X-Location", "/a"])],
  ["nothing", Buffer.alloc(0)],
  ["what breaks off", pickle(["Location", "/a"]).subarray(0, 38)],
])("%s has no value", (_case, bytes) => {
  expect(pickledHeader(bytes, "location")).toBeUndefined();
});
