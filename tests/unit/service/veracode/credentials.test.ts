import { apiIdProblem, apiKeyProblem, parseCredentials } from "../../../../service/veracode/credentials";
import { API_ID, API_KEY } from "./mock-veracode";

const SIGNING_KEY = { id: API_ID, secret: API_KEY };

test.each([
  ["", "", undefined],
  ["vera01gi-", "vera01gs-", "global"],
  ["vera01ei-", "vera01es-", "eu"],
  ["VERA01EI-", "VERA01ES-", "eu"],
  ["vera01fi-", "vera01fs-", "fedramp"],
  // A half that somebody stripped says nothing.
  ["vera01ei-", "", "eu"],
  ["", "vera01es-", "eu"],
])("prefixes %j and %j are stripped, and name the region %s", (idPrefix, keyPrefix, region) => {
  expect(parseCredentials({ id: idPrefix + API_ID, key: keyPrefix + API_KEY })).toEqual({
    signingKey: SIGNING_KEY,
    region,
  });
});

test("halves of two regions contradict", () => {
  const parsed = parseCredentials({ id: `vera01ei-${API_ID}`, key: `vera01gs-${API_KEY}` });

  expect(parsed.contradiction).toContain("the API ID belongs to the region eu, but the API key to the region global");
});

test.each([
  [API_ID, undefined],
  [`vera01ei-${API_ID}`, undefined],
  ["4711", "must be 32 hexadecimal digits"],
  [`${API_ID}0`, "must be 32 hexadecimal digits"],
  [`vera01xi-${API_ID}`, "has a prefix of an unknown region"],
  [`ei-${API_ID}`, "has a prefix of an unknown region"],
])("the API ID %s: %s", (text, problem) => {
  if (problem === undefined) expect(apiIdProblem(text)).toBeUndefined();
  else expect(apiIdProblem(text)).toContain(problem);
});

test.each([
  [API_KEY, undefined],
  [`vera01es-${API_KEY}`, undefined],
  ["s3cr3t", "must be an even number of hexadecimal digits"],
  [API_KEY.slice(1), "must be an even number of hexadecimal digits"],
  ["vera01es-0", "must be an even number of hexadecimal digits"],
  [`vera01xs-${API_KEY}`, "has a prefix of an unknown region"],
])("an API key is judged without being repeated: %#", (text, problem) => {
  const found = apiKeyProblem(text);

  expect(found === undefined).toBe(problem === undefined);
  expect(found ?? "").toContain(problem ?? "");
  expect(found ?? "").not.toContain(text);
});
