import { parseFormBody } from "../../src/http/form-body";
import { Refusal } from "../../src/http/refusal";

const parse = (body: string | Buffer, type = "multipart/form-data; boundary=b"): Record<string, string> =>
  parseFormBody(type, Buffer.from(body));

const FIELD = 'Content-Disposition: form-data; name="a"; filename="x.json"';

test.each([
  ["a file", `--b\r\n${FIELD}\r\nContent-Type: application/json\r\n\r\n{"ä": 1}\r\n--b--\r\n`, { a: '{"ä": 1}' }],
  ["no content", `--b\r\n${FIELD}\r\n\r\n\r\n--b--`, { a: "" }],
  ["empty lines and dashes", `--b\r\n${FIELD}\r\n\r\n--a\r\n\r\n--\r\n\r\n--b--`, { a: "--a\r\n\r\n--\r\n" }],
  [
    "two fields after a preamble",
    `hi\r\n--b\r\n${FIELD}\r\n\r\n1\r\n--b\r\ncontent-disposition: form-data; name="c"\r\n\r\n2\r\n--b--`,
    { a: "1", c: "2" },
  ],
  ["no fields", "--b--", {}],
])("a form with %s is parsed", (_what, body, fields) => {
  expect(parse(body)).toEqual(fields);
});

test("a boundary can be quoted", async () => {
  const form = new FormData();
  form.append("a", new Blob(["1\r\n2"]), "x.yaml");
  const encoded = new Response(form);
  const type = (encoded.headers.get("content-type") ?? "").replace(/boundary=(.*)$/, 'charset=utf-8; boundary="$1"');

  expect(parse(Buffer.from(await encoded.arrayBuffer()), type)).toEqual({ a: "1\r\n2" });
});

test.each([
  ["has no end", `--b\r\n${FIELD}\r\n\r\n1\r\n`, undefined],
  ["has another boundary", `--c\r\n${FIELD}\r\n\r\n1\r\n--c--`, undefined],
  ["has a field without a name", "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--", undefined],
  ["has a field without content", `--b\r\n${FIELD}\r\n--b--`, undefined],
  ["has no boundary", `--\r\n${FIELD}\r\n\r\n1\r\n----`, "multipart/form-data"],
  ["is not UTF-8", Buffer.from([0xff, 0xfe]), undefined],
])("a form that %s is refused", (_what, body, type) => {
  const parsing = () => parse(body, type);

  expect(parsing).toThrow(Refusal);
  expect(parsing).toThrow("400 malformed_form");
});
