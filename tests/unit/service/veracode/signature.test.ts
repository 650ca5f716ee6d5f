import { authorizationOf } from "../../../../service/veracode/signature";

/** Made by Python, OpenSSL and Node, which agree. */
const KEY = { id: "0123456789abcdef0123456789abcdef", secret: "00112233445566778899aabbccddeeff".repeat(4) };
const MOMENT = { timeMs: 1_700_000_000_000, nonce: "0f0e0d0c0b0a09080706050403020100" };
const HOST = "api.veracode.com";
const HOOK = "/dae/api/core-api/webhook/aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

test.each([
  [
    { method: "GET", host: HOST, path: "/dae/api/tcs-api/api/v1/targets?page=0&limit=10" },
    "fc797818e6b9afc818db9c035336f2b5072901babf66d2e9589d688643a1ac95",
  ],
  [{ method: "POST", host: HOST, path: HOOK }, "01b35d347e95d357d1b51a36ef9d518b3afbc71eebcf00373fc7b209f3f6379d"],
  [
    { method: "post", host: "API.Veracode.com", path: HOOK },
    "01b35d347e95d357d1b51a36ef9d518b3afbc71eebcf00373fc7b209f3f6379d",
  ],
])("%j is signed by the golden vector", (attempt, signature) => {
  expect(authorizationOf(KEY, attempt, MOMENT)).toBe(
    `VERACODE-HMAC-SHA-256 id=${KEY.id},ts=1700000000000,nonce=${MOMENT.nonce},sig=${signature}`,
  );
});
