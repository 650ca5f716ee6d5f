import * as pulumi from "@pulumi/pulumi";

/**
 * Whether a gate refuses its scan where somebody else started that one. The gate is made after the scan, so the scan's
 * registration waits for the end of the program's turn: for what a program makes without awaiting anything in between.
 */
export class JoinedRefusal {
  #isRefused = false;

  /** True, or undefined, which is no input. */
  readonly refused: pulumi.Output<true | undefined> = pulumi.output(
    Promise.resolve().then(() => (this.#isRefused ? true : undefined)),
  );

  /**
   * Notes the setting of a gate. One that is not known yet counts as accepting: a scan cannot wait for an output, which may
   * come from what waits for the scan.
   */
  note(acceptJoined: pulumi.Input<boolean | undefined>): void {
    if (acceptJoined === undefined || acceptJoined === false) this.#isRefused = true;
  }
}
