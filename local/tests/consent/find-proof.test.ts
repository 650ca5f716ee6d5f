import { findProof, type ProofSources } from "../../src/consent/find-proof";
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
  expect(await findProof(SITE, PROOF, sources(found))).toBeUndefined();
});

test.each<[string, Parameters<typeof sources>[0], RegExp]>([
  ["nothing", {}, /html cannot be read \(nothing there\), and the TXT records of shop\.example cannot be read/],
  ["an empty file", { files: { [FILE_URL]: "" } }, /has another content/],
  ["a file with more than the proof", { files: { [FILE_URL]: `${PROOF.fileContent}1` } }, /has another content/],
  [
    "a file under the path",
    { files: { "https://shop.example:8443/some/path/x": PROOF.fileContent } },
    /cannot be read/,
  ],
  [
    "another project's record",
    { records: [["crashtest-verification=ffff"]] },
    /no TXT record of shop\.example is "crash/,
  ],
  ["a record that only begins like it", { records: [[`${PROOF.txtRecord}0`]] }, /no TXT record/],
])("%s is none, and the reason says where it was looked for", async (_name, found, reason) => {
  expect(await findProof(SITE, PROOF, sources(found))).toMatch(reason);
});

test.each(["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"])(
  "no record is asked for where the target is %s",
  async (target) => {
    const asked: string[] = [];
    const resolveTxt = (hostname: string): Promise<string[][]> => {
      asked.push(hostname);
      return Promise.resolve([[PROOF.txtRecord]]);
    };

    expect(await findProof(new URL(target), PROOF, { fetchText: nothing, resolveTxt })).toMatch(/has no TXT record/);
    expect(asked).toEqual([]);
  },
);
