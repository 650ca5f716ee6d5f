/** How long an answer may take to be sent, once it is given: to an engine on this machine, milliseconds. */
const SENDING_MS = 100;

/** Counts the calls that are not answered yet. */
export class CallsUnderWay {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /**
   * Waits until there are none, but no longer than this, and until their answers are sent, so that the process can end.
   * gRPC's own shutdown would also wait for the engine's connections, for five seconds after Ctrl-C.
   */
  async ended(atMostMs: number): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMostMs);
      this.#waiting.add(() => {
        clearTimeout(timer);
        setTimeout(resolve, SENDING_MS);
      });
    });
  }
}
