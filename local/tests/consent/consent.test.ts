import type { LookupAddress } from "node:dns";
import { createConsent, type Admission, type ConsentRules } from "../../src/consent/consent";

const UUID = "01234567-89ab-4def-8123-456789abcdef";
const ELSEWHERE = [{ address: "192.0.2.1", family: 4 }];
const HERE = [{ address: "127.0.0.1", family: 4 }];

/** Both places hold the proof, as they do where whoever asks for a scan owns the name. */
const PROVED: ConsentRules = {
  ...{ requireProof: true, touchesTargets: true },
  sources: {
    fetchText: () => Promise.resolve(UUID),
    resolveTxt: () => Promise.resolve([[UUID]]),
  },
};

async function admit(
  url: string,
  found: LookupAddress[],
  rules: Partial<ConsentRules> = {},
): Promise<[Admission, number]> {
  let lookUps = 0;
  const resolveHost = (): Promise<LookupAddress[]> => {
    lookUps += 1;
    return Promise.resolve(found);
  };
  const consent = createConsent({ ...PROVED, resolveHost, ...rules });
  return [await consent.admit({ id: 1, url, proofSeed: UUID }), lookUps];
}

test("a name that leads to this machine is refused, though its owner proves the consent, and no port is asked", async () => {
  const asked: URL[] = [];
  const fetchText = (url: URL): Promise<string> => {
    asked.push(url);
    return Promise.resolve("");
  };
  const sources = { fetchText, resolveTxt: () => Promise.resolve([[UUID]]) };
  const [admission] = await admit("http://evil.test:6379/", HERE, { sources });

  expect(admission).toEqual({
    slug: "target_refused",
    refusal: expect.stringContaining("evil.test resolves to this machine") as string,
  });
  expect(asked).toEqual([]);
});

test("a target with a proof is admitted to the addresses that the proof was found at, which are looked up once", async () => {
  expect(await admit("http://shop.test/", ELSEWHERE)).toEqual([{ addresses: ELSEWHERE }, 1]);
});

test.each<[string, LookupAddress[], Partial<ConsentRules>, Admission]>([
  ["http://127.0.0.1:80/", [], { requireProof: false }, { addresses: HERE }],
  ["http://localhost:80/", HERE, { requireProof: false }, { addresses: HERE }],
  ["http://127.0.0.1:80/", [], {}, { addresses: HERE }],
  ["http://shop.test/", ELSEWHERE, { touchesTargets: false, requireProof: false }, { addresses: [] }],
])("%s that leads to %j, with %j, is admitted", async (url, found, rules, admission) => {
  expect((await admit(url, found, rules))[0]).toEqual(admission);
});

test("where no proof is found, the operator is told why", async () => {
  const logged: string[] = [];
  const missing = (): Promise<never> => Promise.reject(new Error("connect ECONNREFUSED"));
  const rules = {
    sources: { fetchText: missing, resolveTxt: missing },
    log: (line: string): void => void logged.push(line),
  };
  const [admission] = await admit("http://shop.test/", ELSEWHERE, rules);

  expect(admission).toMatchObject({ slug: "target_not_verified" });
  expect(logged).toHaveLength(3);
  for (const line of logged)
    expect(line).toMatch(/^No proof of project 1 was found: http:\/\/shop\.test\/.* \(connect ECONNREFUSED\)$/);
});
