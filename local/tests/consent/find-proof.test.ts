import { findProof, type ProofSearch, type ProofSources } from "../../src/consent/find-proof";
import { createProofSeed, proofOf } from "../../src/consent/proof";

const UUID = "01234567-89ab-4def-8123-456789abcdef";
const PROOF = proofOf(UUID);
const SITE = new URL("https://shop.example:8443/some/path?q=1");
const ROOT = "https://shop.example:8443";
const FILE_URL = `${ROOT}/crashtest-01234567.html`;

/** Of a project that an earlier release created. */
const EARLIER_HASH = "fedcba9876543210fedcba9876543210";
const EARLIER_PROOF = proofOf(EARLIER_HASH);

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

test("each project has a UUID of its own", () => {
  const uuids = new Set(Array.from({ length: 100 }, () => proofOf(createProofSeed()).uuid));

  expect(uuids.size).toBe(100);
  expect([...uuids].every((uuid) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid))).toBe(true);
});

test.each<[string, Parameters<typeof sources>[0]]>([
  ["the file at the web root", { files: { [FILE_URL]: UUID } }],
  ["the file with a line end", { files: { [FILE_URL]: `${UUID}\r\n` } }],
  ["an answer to a query", { files: { [`${ROOT}/?verify=crashtest-01234567`]: UUID } }],
  ["an answer at a path", { files: { [`${ROOT}/verify/crashtest/01234567`]: `${UUID}\n` } }],
  ["a record", { records: [["v=spf1"], [UUID]] }],
  ["a record in two parts", { records: [[UUID.slice(0, 9), UUID.slice(9)]] }],
  ["a record, where the file is another project's", { files: { [FILE_URL]: "other" }, records: [[UUID]] }],
])("%s is a proof", async (_name, found) => {
  expect(await findProof(search(sources(found)))).toBeUndefined();
});

test.each<[string, Parameters<typeof sources>[0], RegExp]>([
  [
    "nothing",
    {},
    /html does not contain the proof, neither \S+\/\?verify=crashtest-01234567 nor \S+\/verify\/crashtest\/01234567 responds with it, and the TXT records of shop\.example cannot be read/,
  ],
  ["an empty file", { files: { [FILE_URL]: "" } }, /does not contain the proof/],
  ["a file with more than the proof", { files: { [FILE_URL]: `${UUID}1` } }, /does not contain the proof/],
  [
    "a file under the path",
    { files: { [`${ROOT}/some/path/crashtest-01234567.html`]: UUID } },
    /does not contain the proof/,
  ],
  ["a page that holds it", { files: { [`${ROOT}/?verify=crashtest-01234567`]: `<p>${UUID}</p>` } }, /responds with it/],
  ["another project's record", { records: [[EARLIER_PROOF.uuid]] }, /no TXT record of shop\.example is "0123/],
  ["a record that only begins like it", { records: [[`${UUID}0`]] }, /no TXT record/],
  [
    "the form of earlier releases",
    { records: [["crashtest-verification=0123456789ab4def8123456789abcdef"]] },
    /no TXT/,
  ],
])("%s is none, and the reason says where it was looked for", async (_name, found, reason) => {
  expect(await findProof(search(sources(found)))).toMatch(reason);
});

const EARLIER_TEXT = `crashtest-verification=${EARLIER_HASH}`;

test.each<[string, Parameters<typeof sources>[0]]>([
  ["the file that was given out then", { files: { [`${ROOT}/crashtest-${EARLIER_HASH}.html`]: EARLIER_TEXT } }],
  ["the record that was given out then", { records: [[EARLIER_TEXT]] }],
  ["the file", { files: { [`${ROOT}/crashtest-fedcba98.html`]: "fedcba98-7654-3210-fedc-ba9876543210" } }],
  ["the record", { records: [["fedcba98-7654-3210-fedc-ba9876543210"]] }],
])("%s is a proof of a project that an earlier release created", async (_name, found) => {
  expect(await findProof(search(sources(found), { proof: EARLIER_PROOF }))).toBeUndefined();
});

test.each(["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"])(
  "no record is asked for where the target is %s",
  async (target) => {
    const asked: string[] = [];
    const resolveTxt = (hostname: string): Promise<string[][]> => {
      asked.push(hostname);
      return Promise.resolve([[UUID]]);
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
  expect(told.at(-1)).toContain("has different content");
});

test("the file is asked for at the addresses that were found for the target", async () => {
  const asked: unknown[] = [];
  const fetchText: ProofSources["fetchText"] = (_url, addresses) => {
    asked.push(addresses);
    return Promise.resolve(UUID);
  };

  expect(await findProof(search({ fetchText, resolveTxt: nothing }))).toBeUndefined();
  expect(asked).toEqual([ADDRESSES]);
});
