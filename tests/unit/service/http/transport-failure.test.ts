import { failureOfTransport } from "../../../../service/http/transport-failure";
import type { Attempt } from "../../../../service/http/errors";

const GET: Attempt = {
  purpose: "get it",
  method: "GET",
  shownPath: "/it",
  redact: (text) => text,
  advice: {
    unreachable: "Check the network.",
    badCertificate: "Check the certificate.",
    notTheService: "Check the proxy.",
  },
};
const POST: Attempt = { ...GET, purpose: "make it", method: "POST", unknownOutcomeRemedy: "Look for it." };
const errorOf = (code: string): Error => Object.assign(new Error(`it was ${code}`), { code });

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
    expect(failureOfTransport(GET, errorOf(code)).code).toBe(ofGet);
    expect(failureOfTransport(POST, errorOf(code)).code).toBe(ofPost);
  });

  test("finds the code inside several failed connections", () => {
    const several = new AggregateError([errorOf("ECONNREFUSED"), errorOf("ECONNREFUSED")]);

    const failure = failureOfTransport(POST, several);

    expect(failure.code).toBe("UNREACHABLE");
    expect(failure.message).toContain("it was ECONNREFUSED");
  });

  test("a POST that a proxy refused never left", () => {
    const refused = Object.assign(new Error("Proxy response (407) !== 200 when HTTP Tunneling"), {
      code: "UND_ERR_ABORTED",
    });

    expect(failureOfTransport(POST, refused).code).toBe("UNREACHABLE");
  });

  test("says for a lost POST how to find out", () => {
    expect(failureOfTransport(POST, errorOf("ECONNRESET")).message).toBe(
      "Could not make it: the request was sent, but its answer was lost (POST /it: it was ECONNRESET), so it may have been carried out. Look for it.",
    );
  });

  test.each(["a text", undefined, { some: "object" }])("survives that %p was thrown", (thrown) => {
    expect(failureOfTransport(GET, thrown).code).toBe("UNREACHABLE");
  });

  test("takes out of message and cause what could steer the engine", () => {
    const failure = failureOfTransport(GET, new Error("altnames: DNS:<{%zzz%}>"));

    expect(failure.message).toContain("DNS:\uFFFD{%zzz%}>");
    expect(failure.cause).toMatchObject({ message: "altnames: DNS:\uFFFD{%zzz%}>" });
  });

  test("redacts message and cause", () => {
    const failure = failureOfTransport(
      { ...GET, redact: (text) => text.replace("k3y", "[secret]") },
      new Error("with k3y"),
    );

    expect(failure.message).toContain("with [secret]");
    expect(failure.cause).toMatchObject({ message: "with [secret]" });
  });
});
