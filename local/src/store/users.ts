import { hashApiKey } from "../accounts/api-key";
import type { Database } from "./database";

export interface User {
  id: number;
  name: string;
}

export interface Team {
  id: number;
  name: string;
}

/** A pair that signs requests to the Veracode API. */
export interface SigningKey {
  /** 32 hexadecimal digits. */
  id: string;
  /** 128 hexadecimal digits. A signature can be checked only with the key itself, so it is stored. */
  secret: string;
}

/** Users, their API keys, and the teams that they are members of. */
export interface UserStore {
  hasUsers(): boolean;
  teams(): Team[];
  /** The teams that the user is a member of. */
  teamsOf(userId: number): Team[];
  users(): User[];
  findByKey: (apiKey: string) => User | undefined;
  findByName(name: string): User | undefined;
  /** Returns the key with this ID, and its user. */
  findSigner: (id: string) => { user: User; secret: string } | undefined;
  findBySecret: (secret: string) => User | undefined;
  hasSigningKey(userId: number): boolean;
  isMember(userId: number, teamId: number): boolean;
  /** Adds the team, or renames it. */
  saveTeam(team: Team): void;
  /** Adds the user; an existing one of that name stays as it is. */
  saveUser(name: string): User;
  /** Removes all keys of the user. */
  dropKeys(userId: number): void;
  /** Assigns the key with this SHA-256 to the user; keys themselves are not stored. */
  saveKeyHash(userId: number, sha256: string): void;
  /** Removes all signing keys of the user. */
  dropSigningKeys(userId: number): void;
  saveSigningKey(userId: number, key: SigningKey): void;
  saveMembership(userId: number, teamId: number): void;
}

export function createUserStore(database: Database): UserStore {
  const findByName = (name: string): User | undefined =>
    database.first("SELECT id, name FROM users WHERE name = ?", name) as User | undefined;
  return {
    hasUsers: () => database.first("SELECT 1 FROM users LIMIT 1") !== undefined,
    teams: () => database.rows("SELECT id, name FROM teams ORDER BY id") as Team[],
    teamsOf: (userId) => {
      const sql =
        "SELECT id, name FROM teams WHERE id IN (SELECT team_id FROM memberships WHERE user_id = ?) ORDER BY id";
      return database.rows(sql, userId) as Team[];
    },
    users: () => database.rows("SELECT id, name FROM users ORDER BY id") as User[],
    findByKey: (apiKey) =>
      database.first(
        "SELECT users.id, users.name FROM users JOIN api_keys ON api_keys.user_id = users.id WHERE sha256 = ?",
        hashApiKey(apiKey),
      ) as User | undefined,
    findByName,
    isMember: (userId, teamId) =>
      database.first("SELECT 1 FROM memberships WHERE user_id = ? AND team_id = ?", userId, teamId) !== undefined,
    saveTeam: ({ id, name }) => {
      database.write(
        "INSERT INTO teams (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        id,
        name,
      );
    },
    saveUser: (name) => {
      database.write("INSERT INTO users (name) VALUES (?) ON CONFLICT (name) DO NOTHING", name);
      const user = findByName(name);
      if (user === undefined) throw new Error(`The user ${name} could not be saved.`);
      return user;
    },
    dropKeys: (userId) => {
      database.write("DELETE FROM api_keys WHERE user_id = ?", userId);
    },
    saveKeyHash: (userId, sha256) => {
      database.write(
        "INSERT INTO api_keys (sha256, user_id) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET user_id = excluded.user_id",
        sha256,
        userId,
      );
    },
    ...signingKeys(database),
    saveMembership: (userId, teamId) => {
      database.write("INSERT INTO memberships (user_id, team_id) VALUES (?, ?) ON CONFLICT DO NOTHING", userId, teamId);
    },
  };
}

type SigningKeys = Pick<
  UserStore,
  "findSigner" | "findBySecret" | "hasSigningKey" | "dropSigningKeys" | "saveSigningKey"
>;

function signingKeys(database: Database): SigningKeys {
  const find = (column: "id" | "secret", value: string): { user: User; secret: string } | undefined => {
    const row = database.first(
      `SELECT users.id, users.name, secret FROM users JOIN signing_keys ON signing_keys.user_id = users.id WHERE signing_keys.${column} = ?`,
      value,
    ) as (User & { secret: string }) | undefined;
    return row === undefined ? undefined : { user: { id: row.id, name: row.name }, secret: row.secret };
  };
  return {
    findSigner: (id) => find("id", id.toLowerCase()),
    findBySecret: (secret) => find("secret", secret.toLowerCase())?.user,
    hasSigningKey: (userId) => database.first("SELECT 1 FROM signing_keys WHERE user_id = ?", userId) !== undefined,
    dropSigningKeys: (userId) => {
      database.write("DELETE FROM signing_keys WHERE user_id = ?", userId);
    },
    saveSigningKey: (userId, { id, secret }) => {
      database.write(
        "INSERT INTO signing_keys (id, secret, user_id) VALUES (?, ?, ?)",
        id.toLowerCase(),
        secret.toLowerCase(),
        userId,
      );
    },
  };
}
