import { REDACTED, redactor } from "../../../errors/redact";

test.each([
  ["the secret itself", "k3y", "a k3y and a k3y", `a ${REDACTED} and a ${REDACTED}`],
  ["in capitals", "k3y", "K3Y", REDACTED],
  ["in small letters", "K3Y", "k3y", REDACTED],
  ["as a part of a path", "a/b c", "/webhook/a%2Fb%20c", `/webhook/${REDACTED}`],
  ["as a part of a query", "a b!", "?api_key=a+b%21&x", `?api_key=${REDACTED}&x`],
  ["as a part of JSON", 'a"b', '{"k":"a\\"b"}', `{"k":"${REDACTED}"}`],
  ["with characters that mean something in a pattern", "a.*b(", "a.*b( axxb(", `${REDACTED} axxb(`],
  ["with a dollar sign", "$&$1", "say $&$1", `say ${REDACTED}`],
])("takes out a secret %s", (_form, secret, text, expected) => {
  expect(redactor([secret])(text)).toBe(expected);
});

test.each([
  ["before dots", "secret-key", "the secret-k... is", `the ${REDACTED}... is`],
  ["before an ellipsis, in capitals", "secret-key", "SECR\u2026", `${REDACTED}\u2026`],
  ["by all but one", "secret-key", "secret-ke...", `${REDACTED}...`],
  ["after what looks like its beginning", "sesecret", "sesesecr...", `se${REDACTED}...`],
  ["in its form in a query", "a b!c d", "?k=a+b%21...", `?k=${REDACTED}...`],
  [
    "again and again",
    "secret-key",
    "secr... se... secret... secret-key...",
    `${REDACTED}... se... ${REDACTED}... ${REDACTED}...`,
  ],
  ["before anything else", "secret-key", "secret-k.. secr, secre", "secret-k.. secr, secre"],
  ["by no more than three characters", "secret-key", "sec...", "sec..."],
  ["that has one character", "s", "a...b...", "a...b..."],
])("takes out a secret that is cut %s", (_form, secret, text, expected) => {
  expect(redactor([secret])(text)).toBe(expected);
});

test("of two secrets of which one begins with the other, nothing is left where the longer one is cut", () => {
  expect(redactor(["abcd-1", "abcd-1-2345"])("abcd-1-23... abcd-1... abcd...")).toBe(
    `${REDACTED}... ${REDACTED}... ${REDACTED}...`,
  );
});

test("of two secrets of which one begins with the other, nothing is left", () => {
  expect(redactor(["abc", "abcdef"])("abcdef abc")).toBe(`${REDACTED} ${REDACTED}`);
});

test.each([[[]], [[undefined]], [[""]], [[undefined, ""]]])("without a secret (%j) nothing changes", (secrets) => {
  expect(redactor(secrets)("as it was")).toBe("as it was");
});
