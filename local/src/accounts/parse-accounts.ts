import { isName, isObject, listOf, must, shape, type Rule } from "../json-shape";
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

const accounts = shape({
  fields: {
    teams: listOf(shape({ fields: { id: teamId, name }, required: ["id", "name"] })),
    users: listOf(
      shape({
        fields: { name, apiKeySha256: hashes, teamIds: listOf(teamId) },
        required: ["name", "apiKeySha256", "teamIds"],
      }),
    ),
  },
  required: ["teams", "users"],
});

type WrittenUser = Omit<AccountUser, "apiKeySha256"> & { apiKeySha256: string | string[] };

/** Checks what the shape cannot express: no duplicates, and only listed teams. */
function contradictionsIn({ teams, users }: Accounts): string[] {
  const known = new Set(teams.map(({ id }) => id));
  const twice = (what: string, values: readonly (string | number)[]): string[] =>
    values.filter((value, index) => values.indexOf(value) !== index).map((value) => `${what} ${value} appears twice`);
  return [
    ...twice("the team", [...teams.map(({ id }) => id)]),
    ...twice("the user", [...users.map((user) => user.name)]),
    ...twice("the key with the SHA-256", [...users.flatMap(({ apiKeySha256 }) => apiKeySha256)]),
    ...users.flatMap((user) =>
      user.teamIds
        .filter((id) => !known.has(id))
        .map((id) => `the user ${user.name} is in the team ${id}, which is not listed`),
    ),
    ...(users.length === 0 ? ["there are no users, so nobody could sign in"] : []),
  ];
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
    users: users.map((user) => {
      return { ...user, apiKeySha256: [user.apiKeySha256].flat().map((text) => text.toLowerCase()) };
    }),
  };
  const contradictions = contradictionsIn(parsed);
  if (contradictions.length > 0) throw new AccountsError(contradictions);
  return parsed;
}
