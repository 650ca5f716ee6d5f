import { request } from "undici";
import { isSignedWith, parseClaim } from "../../../src/http/veracode/signature";
import { TestService } from "../../service/test-service";
import { authorizationOf, signatureOf } from "./signed";
import { ANNA, BERT, REST, SEED, VeracodeService } from "./veracode-service";

const GOLDEN = {
  key: { id: "0123456789abcdef0123456789abcdef", secret: "00112233445566778899aabbccddeeff".repeat(4) },
  ts: 1_700_000_000_000,
  nonce: "0f0e0d0c0b0a09080706050403020100",
  host: "api.veracode.com",
};
const GOLDEN_REQUESTS = [
  ["GET", `${REST}/targets?page=0&limit=10`, "fc797818e6b9afc818db9c035336f2b5072901babf66d2e9589d688643a1ac95"],
  [
    "POST",
    "/dae/api/core-api/webhook/aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa",
    "01b35d347e95d357d1b51a36ef9d518b3afbc71eebcf00373fc7b209f3f6379d",
  ],
] as const;
const LIST = `${REST}/targets`;

afterEach(() => TestService.closeAll());

test.each(GOLDEN_REQUESTS)("the signature of a known request is accepted: %s %s", (method, url, signature) => {
  const { key, ts, nonce, host } = GOLDEN;
  const header = `VERACODE-HMAC-SHA-256 id=${key.id},ts=${ts},nonce=${nonce},sig=${signature.toUpperCase()}`;
  const claim = parseClaim(header);

  expect(signatureOf(key, { method, host, url, ts, nonce })).toBe(signature);
  expect(claim !== undefined && isSignedWith(key.secret, claim, { method, host: "API.veracode.com", url })).toBe(true);
  expect(claim !== undefined && isSignedWith(key.secret, claim, { method: "PUT", host, url })).toBe(false);
});

test("the known request is answered at its own time, once", async () => {
  const { service } = await VeracodeService.start({
    ...{ publicUrl: "https://api.veracode.com", wallNow: () => GOLDEN.ts },
    seed: { ...SEED, users: [{ name: "golden", signingKey: GOLDEN.key, teamIds: [42] }] },
  });
  const [[method, path, signature]] = GOLDEN_REQUESTS;
  const authorization = `VERACODE-HMAC-SHA-256 id=${GOLDEN.key.id},ts=${GOLDEN.ts},nonce=${GOLDEN.nonce},sig=${signature}`;
  const send = async (): Promise<[number, string]> => {
    const answer = await request(service.service.url + path, { method, headers: { host: GOLDEN.host, authorization } });
    return [answer.statusCode, await answer.body.text()];
  };

  const [first] = await send();
  const again = await send();

  expect(first).toBe(200);
  expect(again).toEqual([401, ""]);
});

const MINUTE_MS = 60_000;
const CASES: Record<string, () => Record<string, string>> = {
  "no signature": () => ({}),
  "an unknown ID": () => signedBy({ ...ANNA, id: "c".repeat(32) }),
  "the key of another user": () => signedBy({ ...ANNA, secret: BERT.secret }),
  "a time ten minutes ago": () => signedBy(ANNA, { ts: Date.now() - 10 * MINUTE_MS }),
  "a time in ten minutes": () => signedBy(ANNA, { ts: Date.now() + 10 * MINUTE_MS }),
  "the signature of another path": () => signedBy(ANNA, { url: `${LIST}?page=1` }),
  "the signature of another method": () => signedBy(ANNA, { method: "POST" }),
  "the signature of another host": () => signedBy(ANNA, { host: "api.veracode.com" }),
  "the host with its port": () => signedBy(ANNA, { host: "127.0.0.1:4747" }),
  "another scheme": () => ({ authorization: "Bearer abc" }),
  "an API key of the other API": () => ({ api_key: ANNA.secret }),
};

function signedBy(key: typeof ANNA, changes: object = {}): Record<string, string> {
  return { authorization: authorizationOf(key, { method: "GET", host: "127.0.0.1", url: LIST, ...changes }) };
}

test.each(Object.keys(CASES))("%s is a 401 without a body", async (name) => {
  const service = await VeracodeService.start();

  const reply = await service.send("GET", LIST, { as: null, headers: CASES[name]?.() ?? {} });

  expect([reply.status, reply.text]).toEqual([401, ""]);
});

test("four minutes off are accepted", async () => {
  const service = await VeracodeService.start();
  const headers = signedBy(ANNA, { ts: Date.now() - 4 * MINUTE_MS });

  expect((await service.send("GET", LIST, { as: null, headers })).status).toBe(200);
});

test("the clock of the scans is not the clock of signatures, and a test can put the latter wrong", async () => {
  const service = await VeracodeService.start({ control: true });
  await service.service.send("POST", "/control/clock", { key: null, body: { advanceSeconds: 3600 } });
  const before = await service.send("GET", LIST);

  await service.service.send("POST", "/control/wall-clock", { key: null, body: { offsetSeconds: -600 } });
  const after = await service.send("GET", LIST);

  expect([before.status, after.status]).toEqual([200, 401]);
  expect(Date.now() - Date.parse(String(after.headers["date"]))).toBeGreaterThan(9 * MINUTE_MS);
});
