/** Matches an error that has these properties. */
export const errorLike = (properties: Record<string, unknown>): Error => expect.objectContaining(properties) as Error;
