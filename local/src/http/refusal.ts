/** A rejected request in the API's terms: a status, a slug, and optional data. */
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

/** Creates the refusal for invalid values: reasons by field. */
export function invalidFields(reasons: Readonly<Record<string, readonly string[]>>): Refusal {
  return new Refusal(422, "validation_failed", reasons);
}
