import { randomBytes } from "node:crypto";
import { parseCredentials } from "../../service/veracode/credentials";
import { authorizationOf } from "../../service/veracode/signature";
import { signByLibrary, type ToSign } from "./signing-library";

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

const REQUESTS: readonly Pick<ToSign, "method" | "host" | "path">[] = [
  { method: "GET", host: "api.veracode.com", path: "/dae/api/tcs-api/api/v1/targets?name=a%20b%2Bc&page=0&limit=200" },
  { method: "post", host: "API.Veracode.EU", path: "/dae/api/tcs-api/api/v1/targets" },
  { method: "PUT", host: "127.0.0.1", path: `/prefix/dae/api/tcs-api/api/v1/targets/${hex(16)}` },
  { method: "DELETE", host: "api.veracode.com", path: `/dae/api/tcs-api/api/v1/targets/${hex(16)}` },
  { method: "POST", host: "api.veracode.eu", path: "/dae/api/core-api/webhook/AAAAAAAA-aaaa-aaaa-aaaa-aaaaaaaaaaaa" },
];
const PREFIXES = [
  ["", ""],
  ["vera01ei-", "vera01es-"],
  ["vera01gi-", "vera01gs-"],
] as const;

const toSign: readonly ToSign[] = REQUESTS.flatMap((request) =>
  PREFIXES.flatMap(([idPrefix, keyPrefix]) =>
    [hex(16), hex(16).toUpperCase()].map((id) => ({
      ...request,
      id: idPrefix + id,
      key: keyPrefix + hex(64),
      timeMs: 1_700_000_000_000 + randomBytes(4).readUInt32BE(),
      nonce: hex(16),
    })),
  ),
);

test("the signature is that of the vendor's own library", async () => {
  const expected = await signByLibrary(toSign);
  if ("reason" in expected) {
    console.warn(`SKIPPED, for the vendor's library cannot be installed: ${expected.reason}`);
    return;
  }

  const signed = toSign.map(({ id, key, timeMs, nonce, ...request }) => {
    const { signingKey } = parseCredentials({ id, key });
    return authorizationOf(signingKey, request, { timeMs, nonce });
  });

  expect(signed).toHaveLength(30);
  expect(signed).toEqual(expected);
}, 240_000);
