import { statusDetailsOf } from "../../../../service/client/status-codes";

test.each<[string, object, object]>([
  ["nothing more", {}, {}],
  ["a reason", { reason: " it crashed " }, { reason: "it crashed" }],
  [
    "a reason that could steer a terminal",
    { reason: "a\u001B[2J<{%fg 77%}>" },
    { reason: "a\uFFFD[2J\uFFFD{%fg 77%}>" },
  ],
  ["a reason of megabytes", { reason: "x".repeat(1_000_000) }, { reason: `${"x".repeat(299)}\u2026` }],
  ["a reason that says nothing", { reason: "  " }, {}],
  ["a reason that is no text", { reason: { text: "it crashed" } }, {}],
  [
    "what was covered",
    { coverage: { pages: 12, forms: 0, parameters: 8, more: 1 } },
    { coverage: { pages: 12, forms: 0, parameters: 8 } },
  ],
  ["a part of what was covered", { coverage: { pages: 12, forms: 0 } }, {}],
  ["numbers that count nothing", { coverage: { pages: -1, forms: 0.5, parameters: 8 } }, {}],
  ["numbers as texts", { coverage: { pages: "12", forms: "0", parameters: "8" } }, {}],
  ["null", { reason: null, coverage: null }, {}],
])("of a status with %s", (_what, status, details) => {
  expect(statusDetailsOf({ status_code: 102, ...status })).toEqual(details);
});
