import { createApiKey, hashApiKey } from "../accounts/api-key";
import { createSigningKey } from "../accounts/signing-key";
import type { Seed } from "../options";
import type { SigningKey, UserStore } from "./users";

/**
 * Adds whatever is missing from the seed. Returns the API keys by user name: those that were given, and, if
 * `createsKeys`, those that were created here for new users. They cannot be read again later, since only their hashes are
 * stored.
 * @throws Error for a team that is neither in the seed nor in the database.
 */
export function plantSeed(users: UserStore, seed: Seed, createsKeys = true): Record<string, string> {
  for (const team of seed.teams) users.saveTeam(team);
  const known = new Set(users.teams().map(({ id }) => id));
  const keys: Record<string, string> = {};
  for (const { name, apiKey: given, teamIds } of seed.users) {
    const unknown = teamIds.filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new Error(`The user ${name} cannot be a member of the unknown team ${unknown.join(", ")}.`);
    const isNew = users.findByName(name) === undefined;
    const { id } = users.saveUser(name);
    const apiKey = given ?? (isNew && createsKeys ? createApiKey() : undefined);
    if (apiKey !== undefined) {
      users.dropKeys(id);
      users.saveKeyHash(id, hashApiKey(apiKey));
      keys[name] = apiKey;
    }
    for (const teamId of teamIds) users.saveMembership(id, teamId);
  }
  return keys;
}

/**
 * Saves the signing keys of the seed, and creates one for each other user who has none. Returns both by user name.
 */
export function plantSigningKeys(users: UserStore, seed: Seed | undefined): Record<string, SigningKey> {
  const keys: Record<string, SigningKey> = {};
  for (const { id, name } of users.users()) {
    const given = seed?.users.find((user) => user.name === name)?.signingKey;
    const key = given ?? (users.hasSigningKey(id) ? undefined : createSigningKey());
    if (key === undefined) continue;
    users.dropSigningKeys(id);
    users.saveSigningKey(id, key);
    keys[name] = key;
  }
  return keys;
}
