import { announcementOf } from "../../../page/announcements.js";
import { stateAfter, type BoardState } from "../../../page/board-state.js";
import { boardEvent, NOTHING_FOUND, projectView, resultView, scanView } from "./views";

const ids = ({ projects }: BoardState): number[] => projects.map(({ id }) => id);
const snapshot = (...numbers: number[]): BoardState =>
  stateAfter(undefined, boardEvent({ kind: "snapshot", projects: numbers.map((id) => projectView(id)) }), 0);

describe("the state", () => {
  test("a snapshot is all there is, the newest first", () => {
    const state = stateAfter(
      snapshot(1, 2),
      boardEvent({ kind: "snapshot", projects: [projectView(3), projectView(9)] }),
      0,
    );

    expect(ids(state)).toEqual([9, 3]);
  });

  test("a change adds, replaces and takes away what it names, and leaves the others as they are", () => {
    const before = snapshot(1, 2, 3);
    const changed = projectView(2, scanView());

    const state = stateAfter(before, boardEvent({ projects: [changed, projectView(4)], removed: [1] }), 0);

    expect(ids(state)).toEqual([4, 3, 2]);
    expect(state.projects[2]).toBe(changed);
    expect(state.projects[1]).toBe(before.projects[0]);
  });

  test("the service's clock may be ahead of the browser's", () => {
    expect(stateAfter(undefined, boardEvent({ nowMs: 5000 }), 2000).clockAheadMs).toBe(3000);
  });
});

describe("what is announced", () => {
  const running = scanView({ id: 7, state: "running", endedAtMs: null });
  const finished = scanView({ id: 7, result: resultView({ counts: { high: 2 } }) });

  test.each([
    ["a scan that begins", [projectView(1)], [projectView(1, running)], "Scan 7 of p1 has started."],
    ["progress", [projectView(1, running)], [projectView(1, { ...running, progressFraction: 0.5 })], ""],
    [
      "the start of one that waited",
      [projectView(1, { ...running, state: "queued" as const })],
      [projectView(1, running)],
      "",
    ],
    ["a good end", [projectView(1, running)], [projectView(1, finished)], "Scan 7 of p1 has finished: 2 high."],
    [
      "an end that is not whole",
      [projectView(1, running)],
      [projectView(1, scanView({ id: 7, result: { ...NOTHING_FOUND, missing: ["Port Scan"] } }))],
      "Scan 7 of p1 has finished: no findings, but not all scanners ran.",
    ],
    [
      "a bad end",
      [projectView(1, running)],
      [projectView(1, scanView({ id: 7, state: "failed", result: NOTHING_FOUND }))],
      "Scan 7 of p1 ended: failed.",
    ],
    [
      "a scan that began and ended in between",
      [projectView(1)],
      [projectView(1, finished)],
      "Scan 7 of p1 has finished: 2 high.",
    ],
    ["nothing new", [projectView(1, finished)], [projectView(1, finished)], ""],
    ["a new project", [], [projectView(2)], "The project p2 is new."],
    ["a project that goes", [projectView(2)], [], "The project p2 is gone."],
    [
      "much at once",
      [],
      [1, 2, 3, 4, 5, 6].map((id) => projectView(id)),
      "The project p1 is new. The project p2 is new. The project p3 is new. The project p4 is new. 2 more changes.",
    ],
  ])("%s", (_name, before, after, text) => {
    expect(announcementOf(before, after)).toBe(text);
  });
});
