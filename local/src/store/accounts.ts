import type { Accounts } from "../accounts/accounts";
import type { Database } from "./database";
import type { UserStore } from "./users";

export interface AccountStore {
  /**
   * Makes the accounts the single source of truth: users, keys and memberships that are not listed are deleted. Teams stay, with their
   * projects.
   */
  replace(accounts: Accounts): void;
}

export function createAccountStore(database: Database, users: UserStore): AccountStore {
  return {
    replace: (accounts) => {
      database.transaction(() => {
        // This also deletes their keys and memberships.
        database.write("DELETE FROM users");
        for (const team of accounts.teams) users.saveTeam(team);
        for (const { name, apiKeySha256, signingKeys, teamIds } of accounts.users) {
          const { id } = users.saveUser(name);
          for (const sha256 of apiKeySha256) users.saveKeyHash(id, sha256);
          for (const key of signingKeys) users.saveSigningKey(id, key);
          for (const teamId of teamIds) users.saveMembership(id, teamId);
        }
      });
    },
  };
}
