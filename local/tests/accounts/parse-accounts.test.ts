import { parseAccounts } from "../../src/accounts/parse-accounts";

const HASH = "0123456789abcdef".repeat(4);
const GOOD = {
  teams: [{ id: 1, name: "Shop" }],
  users: [{ name: "ci", apiKeySha256: HASH, teamIds: [1] }],
};

const signer = (name: string, id: string, key: string): object => {
  return { name, veracodeKeys: [{ id: id.repeat(32), key: key.repeat(128) }], teamIds: [1] };
};

test("a user may have signing keys in the place of an API key", () => {
  const [user] = parseAccounts({ ...GOOD, users: [signer("ci", "A", "B")] }).users;

  expect(user?.apiKeySha256).toEqual([]);
  expect(user?.signingKeys).toEqual([{ id: "a".repeat(32), secret: "b".repeat(128) }]);
});

test("one hash or several become a list in lower case", () => {
  const other = "f".repeat(64);
  const users = [{ name: "ci", apiKeySha256: [HASH.toUpperCase(), other], teamIds: [] }];

  expect(parseAccounts(GOOD).users[0]?.apiKeySha256).toEqual([HASH]);
  expect(parseAccounts({ teams: [], users }).users[0]?.apiKeySha256).toEqual([HASH, other]);
});

test.each<[unknown, string]>([
  [[], "accounts must be an object"],
  [{}, "accounts.teams is missing"],
  [{ ...GOOD, extra: 1 }, "accounts.extra is unknown"],
  [{ ...GOOD, teams: [{ id: 0, name: "Shop" }] }, "accounts.teams[0].id must be a whole number of at least 1"],
  [
    { ...GOOD, users: [{ name: " ", apiKeySha256: HASH, teamIds: [] }] },
    "accounts.users[0].name must be a non-empty string",
  ],
  [{ ...GOOD, users: [{ name: "ci", apiKeySha256: "a-plain-key", teamIds: [] }] }, "must be the SHA-256 of an API key"],
  [{ ...GOOD, users: [{ name: "ci", apiKeySha256: [], teamIds: [] }] }, "apiKeySha256 must not be empty"],
  [{ ...GOOD, users: [{ name: "ci", apiKey: "x", apiKeySha256: HASH, teamIds: [] }] }, "users[0].apiKey is unknown"],
  [{ ...GOOD, users: [{ name: "ci", apiKeySha256: HASH, teamIds: [2] }] }, "is in the team 2, which is not listed"],
  [{ ...GOOD, teams: [...GOOD.teams, ...GOOD.teams] }, "the team 1 appears twice"],
  [{ ...GOOD, users: [...GOOD.users, ...GOOD.users] }, "the user ci appears twice"],
  [{ ...GOOD, users: [...GOOD.users, { ...GOOD.users[0], name: "b" }] }, "the key with the SHA-256 0123"],
  [{ ...GOOD, users: [] }, "there are no users"],
  [{ ...GOOD, users: [{ name: "ci", teamIds: [] }] }, "the user ci has neither apiKeySha256 nor veracodeKeys"],
  [{ ...GOOD, users: [{ name: "ci", veracodeKeys: [{ id: "1", key: "x" }], teamIds: [] }] }, "must be an API ID"],
  [{ ...GOOD, users: [signer("a", "1", "2"), signer("b", "1", "3")] }, "the API ID 1111"],
  [{ ...GOOD, users: [signer("a", "1", "2"), signer("b", "3", "2")] }, "an API key of veracodeKeys appears twice"],
])("%j is refused: %s", (value, reason) => {
  expect(() => parseAccounts(value)).toThrow(reason);
});

test("a plain key is not repeated in the refusal", () => {
  const users = [
    { name: "ci", apiKeySha256: "a-plain-key", teamIds: [] },
    { name: "cd", veracodeKeys: [{ id: "1", key: "a-plain-key" }], teamIds: [] },
  ];

  expect(() => parseAccounts({ ...GOOD, users })).toThrow(/^(?![^]*a-plain-key)[^]*SHA-256/);
});
