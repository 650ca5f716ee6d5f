import { failureOfTransport, parseErrorEnvelope } from "../../../provider/client/failures";
import type { Attempt } from "../../../provider/client/errors";

const GET: Attempt = { purpose: "get it", method: "GET", shownPath: "/it" };
const POST: Attempt = { purpose: "make it", method: "POST", shownPath: "/it", unknownOutcomeRemedy: "Look for it." };
const asItIs = (text: string): string => text;
const errorOf = (code: string): Error => Object.assign(new Error(`it was ${code}`), { code });

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

describe("failureOfTransport", () => {
  test.each([
    ["UND_ERR_CONNECT_TIMEOUT", "TIMEOUT", "TIMEOUT"],
    ["UND_ERR_HEADERS_TIMEOUT", "TIMEOUT", "OUTCOME_UNKNOWN"],
    ["UND_ERR_BODY_TIMEOUT", "TIMEOUT", "OUTCOME_UNKNOWN"],
    ["ETIMEDOUT", "TIMEOUT", "OUTCOME_UNKNOWN"],
    ["ECONNREFUSED", "UNREACHABLE", "UNREACHABLE"],
    ["ENOTFOUND", "UNREACHABLE", "UNREACHABLE"],
    ["ECONNRESET", "UNREACHABLE", "OUTCOME_UNKNOWN"],
    ["UND_ERR_SOCKET", "UNREACHABLE", "OUTCOME_UNKNOWN"],
    ["SOMETHING_NEW", "UNREACHABLE", "OUTCOME_UNKNOWN"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "TLS_FAILED", "TLS_FAILED"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "TLS_FAILED", "TLS_FAILED"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "TLS_FAILED", "TLS_FAILED"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "TLS_FAILED", "TLS_FAILED"],
    ["CERT_HAS_EXPIRED", "TLS_FAILED", "TLS_FAILED"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "TLS_FAILED", "TLS_FAILED"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "TLS_FAILED", "TLS_FAILED"],
  ])("makes of %s the code %s for a GET and %s for a POST", (code, ofGet, ofPost) => {
    expect(failureOfTransport(GET, errorOf(code), asItIs).code).toBe(ofGet);
    expect(failureOfTransport(POST, errorOf(code), asItIs).code).toBe(ofPost);
  });

  test("finds the code inside several failed connections", () => {
    const several = new AggregateError([errorOf("ECONNREFUSED"), errorOf("ECONNREFUSED")]);

    const failure = failureOfTransport(POST, several, asItIs);

    expect(failure.code).toBe("UNREACHABLE");
    expect(failure.message).toContain("it was ECONNREFUSED");
  });

  test("a POST that a proxy refused never left", () => {
    const refused = Object.assign(new Error("Proxy response (407) !== 200 when HTTP Tunneling"), {
      code: "UND_ERR_ABORTED",
    });

    expect(failureOfTransport(POST, refused, asItIs).code).toBe("UNREACHABLE");
  });

  test("says for a lost POST how to find out", () => {
    expect(failureOfTransport(POST, errorOf("ECONNRESET"), asItIs).message).toBe(
      "Could not make it: the request was sent and its answer was lost (POST /it: it was ECONNRESET), so it may have been carried out. Look for it.",
    );
  });

  test.each(["a text", undefined, { some: "object" }])("survives that %p was thrown", (thrown) => {
    expect(failureOfTransport(GET, thrown, asItIs).code).toBe("UNREACHABLE");
  });

  test("takes out of message and cause what could steer the engine", () => {
    const failure = failureOfTransport(GET, new Error("altnames: DNS:<{%zzz%}>"), asItIs);

    expect(failure.message).toContain("DNS:\uFFFD{%zzz%}>");
    expect(failure.cause).toMatchObject({ message: "altnames: DNS:\uFFFD{%zzz%}>" });
  });

  test("redacts message and cause", () => {
    const failure = failureOfTransport(GET, new Error("with k3y"), (text) => text.replace("k3y", "[secret]"));

    expect(failure.message).toContain("with [secret]");
    expect(failure.cause).toMatchObject({ message: "with [secret]" });
  });
});
