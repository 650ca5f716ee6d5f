/** The service that numbers belong to: project 7 of one is another project at another one. */
export interface ServiceIdentity {
  /** Scheme, host and port, such as `https://api.crashtest.cloud`. */
  readonly origin: string;
  /**
   * Which of its databases it answers from, as far as it says so: those of a service in memory begin anew at each start.
   */
  readonly instance?: string;
}
