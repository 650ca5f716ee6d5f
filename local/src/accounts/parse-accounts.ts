import { isName, isObject, listOf, must, shape, type Rule } from "../json-shape";
import { isSigningKeyId, isSigningSecret } from "./signing-key";
import { AccountsError, type Accounts, type AccountUser } from "./accounts";

const isTeamId = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/i.test(value);

const teamId = must(isTeamId, "a whole number of at least 1");
const name = must(isName, "a non-empty string");
const hash = must(isHash, "the SHA-256 of an API key: 64 hexadecimal digits");
const hashes: Rule = (value, path) => {
  if (!Array.isArray(value)) return hash(value, path);
  return value.length === 0 ? [`${path} must not be empty`] : listOf(hash)(value, path);
};

const signingKey = shape({
  fields: {
    id: must(isSigningKeyId, "an API ID: 32 hexadecimal digits"),
    key: must(isSigningSecret, "an API key: 128 hexadecimal digits"),
  },
  required: ["id", "key"],
});

const accounts = shape({
  fields: {
    teams: listOf(shape({ fields: { id: teamId, name }, required: ["id", "name"] })),
    users: listOf(
      shape({
        fields: { name, apiKeySha256: hashes, veracodeKeys: listOf(signingKey), teamIds: listOf(teamId) },
        required: ["name", "teamIds"],
      }),
    ),
  },
  required: ["teams", "users"],
});

type WrittenUser = Omit<AccountUser, "apiKeySha256" | "signingKeys"> & {
  apiKeySha256?: string | string[];
  veracodeKeys?: readonly { id: string; key: string }[];
};

/** Checks what the shape cannot express: no duplicates, and only listed teams. */
function contradictionsIn({ teams, users }: Accounts): string[] {
  const known = new Set(teams.map(({ id }) => id));
  const twice = (what: string, values: readonly (string | number)[]): string[] =>
    values.filter((value, index) => values.indexOf(value) !== index).map((value) => `${what} ${value} appears twice`);
  return [
    ...twice("the team", [...teams.map(({ id }) => id)]),
    ...twice("the user", [...users.map((user) => user.name)]),
    ...twice("the key with the SHA-256", [...users.flatMap(({ apiKeySha256 }) => apiKeySha256)]),
    ...twice("the API ID", [...users.flatMap(({ signingKeys }) => signingKeys.map(({ id }) => id))]),
    ...twiceSecret(users),
    ...users
      .filter(({ apiKeySha256, signingKeys }) => apiKeySha256.length === 0 && signingKeys.length === 0)
      .map((user) => `the user ${user.name} has neither apiKeySha256 nor veracodeKeys`),
    ...users.flatMap((user) =>
      user.teamIds
        .filter((id) => !known.has(id))
        .map((id) => `the user ${user.name} is in the team ${id}, which is not listed`),
    ),
    ...(users.length === 0 ? ["there are no users, so nobody could sign in"] : []),
  ];
}

/** The keys themselves are secrets, which no message may show. */
function twiceSecret(users: Accounts["users"]): string[] {
  const secrets = users.flatMap(({ signingKeys }) => signingKeys.map(({ secret }) => secret));
  return new Set(secrets).size === secrets.length ? [] : ["an API key of veracodeKeys appears twice"];
}

/**
 * Validates accounts from outside.
 * @throws AccountsError with all reasons at once.
 */
export function parseAccounts(value: unknown): Accounts {
  const reasons = isObject(value) ? accounts(value, "accounts") : ["accounts must be an object with teams and users"];
  if (reasons.length > 0) throw new AccountsError(reasons);
  const { teams, users } = value as { teams: Accounts["teams"]; users: WrittenUser[] };
  const parsed = {
    teams,
    users: users.map(({ name, teamIds, apiKeySha256 = [], veracodeKeys = [] }) => ({
      ...{ name, teamIds },
      apiKeySha256: [apiKeySha256].flat().map((text) => text.toLowerCase()),
      signingKeys: veracodeKeys.map(({ id, key }) => ({ id: id.toLowerCase(), secret: key.toLowerCase() })),
    })),
  };
  const contradictions = contradictionsIn(parsed);
  if (contradictions.length > 0) throw new AccountsError(contradictions);
  return parsed;
}
