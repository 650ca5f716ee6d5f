import { createEventParser } from "../../../page/event-parser.js";

const parseAll = (...pieces: string[]): ReturnType<ReturnType<typeof createEventParser>> =>
  pieces.flatMap(createEventParser());

const ONE = [{ type: "change", data: "1" }];

test.each<[string, string[], { type: string; data: string }[]]>([
  ["an event with a type", ["event: change\ndata: 1\n\n"], ONE],
  ["an event without a type is a message", ["data: 1\n\n"], [{ type: "message", data: "1" }]],
  ["an event that comes in pieces", ["eve", "nt: cha", "nge\nda", "ta: 1\n", "\n"], ONE],
  ["one character after another", "event: change\r\ndata: 1\r\n\r\n".split(""), ONE],
  ["lines that end with CR", ["event: change\rdata: 1\r\r", "\n"], ONE],
  ["CR and LF that are torn apart make one line end", ["event: change\r", "\ndata: 1\r", "\n\r", "\n"], ONE],
  ["lines of data are joined", ["data: a\ndata:\ndata: b\n\n"], [{ type: "message", data: "a\n\nb" }]],
  ["only one blank after the colon is taken away", ["data:  a\n\n"], [{ type: "message", data: " a" }]],
  ["no blank after the colon", ["event:change\ndata:1\n\n"], ONE],
  ["a colon within the data", ['data: {"a":1}\n\n'], [{ type: "message", data: '{"a":1}' }]],
  ["comments are left out", [": heartbeat\n\nevent: change\n: more\ndata: 1\n\n"], ONE],
  ["other fields are left out", ["id: 7\nretry: 5\nwhatever\nevent: change\ndata: 1\n\n"], ONE],
  ["no event without data", ["event: change\n\n"], []],
  ["a type does not last beyond its event", ["event: change\n\ndata: 1\n\n"], [{ type: "message", data: "1" }]],
  ["a field without a colon is an empty value", ["data\n\n"], [{ type: "message", data: "" }]],
  ["an event that breaks off is none", ["event: change\ndata: 1\n"], []],
  ["a mark of the byte order at the start is left out", ["\uFEFFevent: change\ndata: 1\n\n"], ONE],
  ["two events in one piece", ["data: 1\n\ndata: 2\n\n"], ["1", "2"].map((data) => ({ type: "message", data }))],
])("%s", (_name, pieces, expected) => {
  expect(parseAll(...pieces)).toEqual(expected);
});
