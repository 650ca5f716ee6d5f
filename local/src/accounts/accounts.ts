import type { SigningKey } from "../store/users";

/** The users of a shared service, as its operator lists them in a file. */
export interface Accounts {
  teams: readonly { id: number; name: string }[];
  users: readonly AccountUser[];
}

export interface AccountUser {
  name: string;
  /** The SHA-256 of each of the user's API keys, in hexadecimal. Two keys allow rotation. */
  apiKeySha256: readonly string[];
  /** The keys that sign the user's requests to the Veracode API: secrets, since no hash can check a signature. */
  signingKeys: readonly SigningKey[];
  /** The teams that the user is a member of. */
  teamIds: readonly number[];
}

/** Invalid accounts; `reasons` lists every problem with its place. */
export class AccountsError extends Error {
  override readonly name = "AccountsError";

  constructor(readonly reasons: readonly string[]) {
    super(`The accounts are invalid:\n  ${reasons.join("\n  ")}`);
  }
}
