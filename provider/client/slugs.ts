/**
 * The service's words for what came of a request, where its status alone could be anybody's. ASSUMED: all of them.
 */
export const SLUGS = {
  projectCreated: "project_created",
  projectDeleted: "project_deleted",
  projectNotFound: "project_not_found",
  scanAlreadyRunning: "scan_already_running",
  scanStopped: "scan_stopped",
  scanNotRunning: "scan_not_running",
  scanNotFound: "scan_not_found",
  webhookNotFound: "webhook_not_found",
} as const;

export type SlugName = keyof typeof SLUGS;

/** The table in use: the one above, with entries replaced. */
export type SlugTable = Readonly<Record<SlugName, string>>;

const SLUG = /^[a-z0-9_]{1,100}$/;

/** The `message` of an answer; undefined where it is not a slug, as in what another server would send. */
export const slugOf = (message: unknown): string | undefined =>
  typeof message === "string" && SLUG.test(message) ? message : undefined;

/** One line for each unknown outcome and each slug of a wrong form. */
export function slugProblems(overrides: Readonly<Record<string, string>>): string[] {
  return Object.entries(overrides).flatMap(([name, slug]) => {
    if (!Object.hasOwn(SLUGS, name)) {
      return [`slugs: there is no outcome ${name}; there are ${Object.keys(SLUGS).join(", ")}`];
    }
    if (slugOf(slug) !== undefined) return [];
    const example = SLUGS[name as SlugName];
    return [`slugs: ${name} has to be a word of small letters, digits and underscores, such as ${example}`];
  });
}

/** Replaces entries of the table; `slugProblems` says which cannot be used. */
export const overrideSlugs = (overrides: Readonly<Record<string, string>>): SlugTable => ({ ...SLUGS, ...overrides });
