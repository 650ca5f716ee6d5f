import * as pulumi from "@pulumi/pulumi";
import type { FormLogin, LoginCheck, NamedValue, UserCredentials } from "../../service/login";

/** A `T` or an output of one, and so each of its properties. */
type DeepInput<T> = pulumi.Input<{ [Name in keyof T]: pulumi.Input<T[Name]> }>;

/**
 * How a scan logs in to its target: by at least one of `basic`, `form`, `headers` and `cookies`. Kept as a secret as a whole,
 * even if given as plain text.
 */
export interface LoginArgs {
  /** HTTP basic authentication. */
  basic?: DeepInput<UserCredentials> | undefined;
  /** A page with a form, or up to 10 of them: its address, and what to fill in. */
  form?: DeepInput<FormLogin> | pulumi.Input<DeepInput<FormLogin>[]> | undefined;
  /** Headers that are sent with each request: 1 to 100, together with the cookies. */
  headers?: pulumi.Input<DeepInput<NamedValue>[]> | undefined;
  /** Cookies that are sent with each request: 1 to 100, together with the headers. */
  cookies?: pulumi.Input<DeepInput<NamedValue>[]> | undefined;
  /**
   * A page that only a user sees, and a text that is on it: the scan fails where it is not. Only at crashtest-local; other
   * services do not check a login.
   */
  check?: DeepInput<LoginCheck> | undefined;
}

/** Returns a login as a secret. */
export const secretLogin = (login: pulumi.Input<LoginArgs> | undefined): pulumi.Output<unknown> | undefined =>
  login === undefined ? undefined : pulumi.secret(pulumi.output(login));
