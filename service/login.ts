/** A name with its value. */
export interface NamedValue {
  /** Its name. */
  name: string;
  /** Its value, a secret. */
  value: string;
}

/** A name with its password. */
export interface UserCredentials {
  /** The name of the user. */
  username: string;
  /** The user's password, a secret. */
  password: string;
}

/** A login by a page with a form. */
export interface FormLogin extends UserCredentials {
  /** The address of the page. */
  url: string;
}

/** A page that only a user sees. */
export interface LoginCheck {
  /** The address of the page. */
  url: string;
  /** A text of that page. */
  contains: string;
}

/** How a scan logs in to its target. All passwords and values are secrets. */
export interface Login {
  /** HTTP basic authentication. */
  basic?: UserCredentials;
  form?: readonly FormLogin[];
  /** Sent with each request. */
  headers?: readonly NamedValue[];
  /** Sent with each request. */
  cookies?: readonly NamedValue[];
  check?: LoginCheck;
}

/** The ways to log in. */
export const LOGIN_KINDS = ["basic", "form", "headers", "cookies"] as const;

export type LoginKind = (typeof LOGIN_KINDS)[number];

/** Returns the ways that a login uses, in the order above. */
export const loginKindsOf = (login: Login | undefined): readonly LoginKind[] =>
  LOGIN_KINDS.filter((kind) => login?.[kind] !== undefined);

/** Returns the passwords and values of a login, which no text may contain. */
export const loginSecrets = ({ basic, form = [], headers = [], cookies = [] }: Login = {}): readonly string[] => [
  ...(basic === undefined ? [] : [basic.password]),
  ...form.map(({ password }) => password),
  ...[...headers, ...cookies].map(({ value }) => value),
];
