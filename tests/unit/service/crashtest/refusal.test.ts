import { parseErrorEnvelope } from "../../../../service/crashtest/refusal";

describe("parseErrorEnvelope", () => {
  test.each([
    ['{"message":"scan_not_found"}', { message: "scan_not_found" }],
    ['{"message":"scan_not_found","data":{}}', { message: "scan_not_found" }],
    ['{"message":"invalid","data":{"url":["bad"]}}', { message: "invalid", fields: '{"url":["bad"]}' }],
    ['{"message":"invalid","data":null}', { message: "invalid" }],
  ])("reads %s", (body, envelope) => {
    expect(parseErrorEnvelope(body)).toEqual(envelope);
  });

  test.each([
    "",
    "null",
    "7",
    '"text"',
    "[]",
    "{}",
    '{"message":7}',
    '{"message":""}',
    '{"message":"Not Found"}',
    "<p>",
  ])("takes %p for something else than the service's", (body) => {
    expect(parseErrorEnvelope(body)).toBeUndefined();
  });

  test("takes a message that is too long for a slug for something else", () => {
    expect(parseErrorEnvelope(JSON.stringify({ message: "a".repeat(101) }))).toBeUndefined();
  });
});
