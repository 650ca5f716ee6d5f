/** The users of a service that others reach, as its operator lists them in a file. */
export interface Accounts {
  teams: readonly { id: number; name: string }[];
  users: readonly AccountUser[];
}

export interface AccountUser {
  name: string;
  /** The SHA-256 of each of the user's API keys, in hexadecimal: the file holds no secret. Two keys make a rotation. */
  apiKeySha256: readonly string[];
  /** The teams of which the user is a member. */
  teamIds: readonly number[];
}

/** Accounts that cannot be used; `reasons` names every place. */
export class AccountsError extends Error {
  override readonly name = "AccountsError";

  constructor(readonly reasons: readonly string[]) {
    super(`The accounts cannot be used:\n  ${reasons.join("\n  ")}`);
  }
}
