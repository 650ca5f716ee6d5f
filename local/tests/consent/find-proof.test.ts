import { findProof, type ProofSearch, type ProofSources } from "../../src/consent/find-proof";
import { createProofHash, proofOf } from "../../src/consent/proof";

const PROOF = proofOf("0123456789abcdef0123456789abcdef");
const SITE = new URL("https://shop.example:8443/some/path?q=1");
const FILE_URL = "https://shop.example:8443/crashtest-0123456789abcdef0123456789abcdef.html";

const nothing = (): Promise<never> => Promise.reject(new Error("nothing there"));

function sources({ files = {}, records }: { files?: Record<string, string>; records?: string[][] }): ProofSources {
  return {
    fetchText: (url) => {
      const content = files[url.href];
      return content === undefined ? nothing() : Promise.resolve(content);
    },
    resolveTxt: (hostname) =>
      records === undefined || hostname !== "shop.example" ? nothing() : Promise.resolve(records),
  };
}

const ADDRESSES = [{ address: "192.0.2.1", family: 4 }];

const search = (found: ProofSources, change: Partial<ProofSearch> = {}): ProofSearch => {
  return { target: SITE, addresses: ADDRESSES, proof: PROOF, sources: found, onProblem: () => undefined, ...change };
};

test("each project has a hash of its own", () => {
  const hashes = new Set(Array.from({ length: 100 }, createProofHash));

  expect(hashes.size).toBe(100);
  expect([...hashes].every((hash) => /^[0-9a-f]{32}$/.test(hash))).toBe(true);
});

test.each<[string, Parameters<typeof sources>[0]]>([
  ["the file at the web root", { files: { [FILE_URL]: PROOF.fileContent } }],
  ["the file with a line end", { files: { [FILE_URL]: `${PROOF.fileContent}\r\n` } }],
  ["a record", { records: [["v=spf1"], [PROOF.txtRecord]] }],
  ["a record in two parts", { records: [[PROOF.txtRecord.slice(0, 9), PROOF.txtRecord.slice(9)]] }],
  ["a record, where the file is another project's", { files: { [FILE_URL]: "other" }, records: [[PROOF.txtRecord]] }],
])("%s is a proof", async (_name, found) => {
  expect(await findProof(search(sources(found)))).toBeUndefined();
});

test.each<[string, Parameters<typeof sources>[0], RegExp]>([
  ["nothing", {}, /html does not hold the proof, and the TXT records of shop\.example cannot be read/],
  ["an empty file", { files: { [FILE_URL]: "" } }, /does not hold the proof/],
  ["a file with more than the proof", { files: { [FILE_URL]: `${PROOF.fileContent}1` } }, /does not hold the proof/],
  [
    "a file under the path",
    { files: { "https://shop.example:8443/some/path/x": PROOF.fileContent } },
    /does not hold the proof/,
  ],
  [
    "another project's record",
    { records: [["crashtest-verification=ffff"]] },
    /no TXT record of shop\.example is "crash/,
  ],
  ["a record that only begins like it", { records: [[`${PROOF.txtRecord}0`]] }, /no TXT record/],
])("%s is none, and the reason says where it was looked for", async (_name, found, reason) => {
  expect(await findProof(search(sources(found)))).toMatch(reason);
});

test.each(["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"])(
  "no record is asked for where the target is %s",
  async (target) => {
    const asked: string[] = [];
    const resolveTxt = (hostname: string): Promise<string[][]> => {
      asked.push(hostname);
      return Promise.resolve([[PROOF.txtRecord]]);
    };

    const missing = await findProof(search({ fetchText: nothing, resolveTxt }, { target: new URL(target) }));
    expect(missing).toMatch(/has no TXT record/);
    expect(asked).toEqual([]);
  },
);

test("the reason is the same whatever answers at the target, and the operator is told more", async () => {
  const failures = ["connect ECONNREFUSED 127.0.0.1:6379", "socket hang up", "status 404", "no answer in time"];
  const answers = [...failures.map((text) => Promise.reject<string>(new Error(text))), Promise.resolve("a page")];
  const told: string[] = [];
  const reasons = await Promise.all(
    answers.map((answer) =>
      findProof(search({ fetchText: () => answer, resolveTxt: nothing }, { onProblem: (reason) => told.push(reason) })),
    ),
  );

  expect(new Set(reasons).size).toBe(1);
  for (const text of failures) expect(told).toContainEqual(expect.stringContaining(text));
  expect(told.at(-1)).toContain("has another content");
});

test("the file is asked for at the addresses that were found for the target", async () => {
  const asked: unknown[] = [];
  const fetchText: ProofSources["fetchText"] = (_url, addresses) => {
    asked.push(addresses);
    return Promise.resolve(PROOF.fileContent);
  };

  expect(await findProof(search({ fetchText, resolveTxt: nothing }))).toBeUndefined();
  expect(asked).toEqual([ADDRESSES]);
});
