import { createApiKey, hashApiKey } from "../accounts/api-key";
import type { Seed } from "../options";
import type { UserStore } from "./users";

/**
 * Adds whatever is missing from the seed. Returns the API keys by user name: those that were given, and those that
 * were created here for new users. They cannot be read again later, since only their hashes are stored.
 * @throws Error for a team that is neither in the seed nor in the database.
 */
export function plantSeed(users: UserStore, seed: Seed): Record<string, string> {
  for (const team of seed.teams) users.saveTeam(team);
  const known = new Set(users.teams().map(({ id }) => id));
  const keys: Record<string, string> = {};
  for (const { name, apiKey: given, teamIds } of seed.users) {
    const unknown = teamIds.filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new Error(`The user ${name} cannot be a member of the unknown team ${unknown.join(", ")}.`);
    const isNew = users.findByName(name) === undefined;
    const { id } = users.saveUser(name);
    const apiKey = given ?? (isNew ? createApiKey() : undefined);
    if (apiKey !== undefined) {
      users.dropKeys(id);
      users.saveKeyHash(id, hashApiKey(apiKey));
      keys[name] = apiKey;
    }
    for (const teamId of teamIds) users.saveMembership(id, teamId);
  }
  return keys;
}
