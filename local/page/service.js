// @ts-check

/** An unsuccessful answer, with the service's own word for why. */
export class ServiceError extends Error {
  /**
   * @param {number} status
   * @param {string} slug
   */
  constructor(status, slug) {
    super(`${String(status)} ${slug}`);
    this.status = status;
    this.slug = slug;
  }
}

/**
 * Sends a request to the service, with the key in a header.
 * @param {string} key
 * @param {string} path without a leading slash, so that it also works behind a prefix
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>}
 * @throws {ServiceError} if the answer is not a success
 * @throws {TypeError} if there is no answer
 */
export async function ask(key, path, signal) {
  const answer = await fetch(path, {
    headers: { api_key: key },
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.ok) return answer;
  throw new ServiceError(answer.status, await slugOf(answer));
}

/** @param {Response} answer @returns {Promise<string>} */
async function slugOf(answer) {
  try {
    /** @type {unknown} */
    const body = await answer.json();
    const message = typeof body === "object" && body !== null && "message" in body ? body.message : undefined;
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}
