import { findProof, createTxtLookup, type ProofSources } from "../../src/consent/find-proof";
import { proofOf } from "../../src/consent/proof";
import { startNameServer, type NameServer } from "./name-server";

const PROOF = proofOf("01234567-89ab-4def-8123-456789abcdef");
const noFile = (): Promise<never> => Promise.reject(new Error("status 404"));

let names: NameServer;
let sources: ProofSources;

beforeEach(async () => {
  names = await startNameServer({
    "shop.example": [["v=spf1 -all"], [PROOF.txtRecord.slice(0, 20), PROOF.txtRecord.slice(20)]],
    "other.example": [["v=spf1 -all"]],
  });
  sources = { fetchText: noFile, resolveTxt: createTxtLookup([names.address]) };
});

afterEach(async () => {
  await names.close();
});

const missingAt = (target: string): Promise<string | undefined> =>
  findProof({ target: new URL(target), addresses: [], proof: PROOF, sources, onProblem: () => undefined });

test("a TXT record at the target's host name is a proof", async () => {
  expect(await missingAt("http://shop.example/app/")).toBeUndefined();
  expect(names.asked).toEqual(["shop.example"]);
});

test.each([
  ["http://other.example/", 'no TXT record of other.example is "01234567-89ab-4def-8123-456789abcdef"'],
  ["http://missing.example/", "the TXT records of missing.example cannot be read"],
])("%s has none", async (target, reason) => {
  expect(await missingAt(target)).toContain(reason);
});
