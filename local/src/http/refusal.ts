/** A request that is not done, as the API says it: a status, a slug, and where it helps some data. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    readonly slug: string,
    readonly data?: Readonly<Record<string, unknown>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status} ${slug}`);
  }

  get body(): { message: string; data?: Readonly<Record<string, unknown>> } {
    return this.data === undefined ? { message: this.slug } : { message: this.slug, data: this.data };
  }
}

/** Values that the service does not accept: reasons by field. */
export function invalidFields(reasons: Readonly<Record<string, readonly string[]>>): Refusal {
  return new Refusal(422, "validation_failed", reasons);
}
