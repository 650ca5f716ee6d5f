import type { Test } from "@jest/test-result";
import Sequencer from "@jest/test-sequencer";

/** The order in which jest starts the files: those that took longest in an earlier run first. */
declare class LongestFirst extends Sequencer {
  override sort(tests: Test[]): Test[];
}
export = LongestFirst;
