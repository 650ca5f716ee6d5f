import { createBoard, MAX_SHOWN_SCANS } from "../../../src/page/board";
import { createOnlooker, type Onlooker } from "../../../src/page/onlooker";
import type { ScanOutcome } from "../../../src/scanners/scanner";
import { observeStore, type ObservedStore, type StoreChange } from "../../../src/store/observed-store";
import { openStore } from "../../../src/store/open-store";
import type { Project } from "../../../src/store/projects";

const NOTHING: ScanOutcome = { state: "finished", findings: {}, descriptions: [], errors: [] };

let store: ObservedStore;
beforeEach(() => {
  store = observeStore(openStore(undefined, { instance: "board", firstId: 1 }));
  store.users.saveTeam({ id: 42, name: "Shop" });
  store.users.saveTeam({ id: 43, name: "Others" });
});
afterEach(() => {
  store.close();
});

const createProject = (teamId = 42): Project =>
  store.projects.create({ teamId, name: "shop", url: "http://127.0.0.1/", type: "webapp", createdAtMs: 0 });

describe("the store tells", () => {
  test.each<[string, (project: Project) => void, StoreChange[]]>([
    ["of a new project", () => void createProject(), [{ projectId: 2 }]],
    ["of a project that is deleted", ({ id }) => void store.projects.delete(id), [{ projectId: 1 }]],
    ["nothing of a project that is not there", () => void store.projects.delete(99), []],
    ["of a new scan", ({ id }) => void store.scans.create(id, 0), [{ projectId: 1 }]],
  ])("%s", (_name, write, expected) => {
    const project = createProject();
    const told: StoreChange[] = [];
    store.subscribe((change) => told.push(change));

    write(project);

    expect(told).toEqual(expected);
  });

  test("of progress and of the end of a scan, and of nothing once one does not listen any more", () => {
    const { id } = createProject();
    const scan = store.scans.create(id, 0);
    const told: StoreChange[] = [];
    const unsubscribe = store.subscribe((change) => told.push(change));

    store.scans.saveProgress(scan.id, { message: "" });
    store.scans.saveOutcome(scan.id, NOTHING, 1);
    unsubscribe();
    createProject();

    expect(told).toEqual([{ projectId: id }, { projectId: id }]);
  });

  test("that everything may have changed where all that ran has failed, and nothing where none ran", () => {
    const { id } = createProject();
    store.scans.create(id, 0);
    const told: StoreChange[] = [];
    store.subscribe((change) => told.push(change));

    store.scans.failAllRunning({ withLogin: "ended", others: "ended" }, 1);
    store.scans.failAllRunning({ withLogin: "ended", others: "ended" }, 1);

    expect(told).toEqual(["everything"]);
  });

  test("after the change can be read", () => {
    const seen: number[] = [];
    store.subscribe(() => seen.push(store.projects.list().length));

    const { id } = createProject();
    store.projects.delete(id);

    expect(seen).toEqual([1, 0]);
  });
});

describe("the board", () => {
  test("a view is the same object until its project changes", () => {
    const board = createBoard(store);
    const [project, other] = [createProject(), createProject()];
    const [view, otherView] = [board.view(project), board.view(other)];

    store.scans.create(project.id, 0);

    expect(board.view(project)).not.toBe(view);
    expect(board.view(other)).toBe(otherView);
    expect(board.view(project)).toBe(board.view(project));
  });

  test("the view of a scan that has ended is taken over, and its outcome is not read again", () => {
    const board = createBoard(store);
    const project = createProject();
    const { id: ended } = store.scans.create(project.id, 0);
    store.scans.saveOutcome(ended, NOTHING, 1);
    const [before] = board.view(project).scans;
    const find = jest.spyOn(store.scans, "find");

    const running = store.scans.create(project.id, 0);
    store.scans.saveProgress(running.id, { message: "on", fraction: 0.5 });
    const { scans } = board.view(project);

    expect(scans.map(({ id, progressFraction }) => [id, progressFraction])).toEqual([
      [running.id, 0.5],
      [ended, null],
    ]);
    expect(scans[1]).toBe(before);
    expect(find).not.toHaveBeenCalled();
  });

  test("of many scans the newest are shown, and all are counted", () => {
    const project = createProject();
    for (let count = 0; count < MAX_SHOWN_SCANS + 5; count += 1) {
      store.scans.saveOutcome(store.scans.create(project.id, 0).id, NOTHING, 1);
    }

    const { scans, scanCount } = createBoard(store).view(project);

    expect([scans.length, scans[0]?.id, scanCount]).toEqual([MAX_SHOWN_SCANS, scanCount, MAX_SHOWN_SCANS + 5]);
  });
});

describe("an onlooker", () => {
  const look = (rights: { teamIds: number[] }): Onlooker =>
    createOnlooker({
      board: createBoard(store),
      user: () => ({ id: 1, name: "anna" }),
      projectsOf: () => store.projects.list().filter(({ teamId }) => rights.teamIds.includes(teamId)),
      teamsOf: () => [],
      setup: () => [],
      scanner: { name: "wapiti", touchesTargets: true },
      now: () => 5,
    });
  const told = (onlooker: Onlooker): unknown => {
    const event = onlooker.next();
    return event && [event.kind, event.projects.map(({ id }) => id), event.removed];
  };

  test("is told all at first, then what has changed, then nothing", () => {
    const onlooker = look({ teamIds: [42] });
    const [one, two] = [createProject(), createProject()];
    const first = told(onlooker);
    store.scans.create(two.id, 0);
    const three = createProject();
    store.projects.delete(one.id);

    expect(first).toEqual(["snapshot", [1, 2], []]);
    expect(told(onlooker)).toEqual(["change", [two.id, three.id], [one.id]]);
    expect(told(onlooker)).toBeUndefined();
  });

  test("is told also where there is nothing yet", () => {
    expect(told(look({ teamIds: [42] }))).toEqual(["snapshot", [], []]);
  });

  test("sees a project go with the right to it, and nothing of it afterwards", () => {
    const rights = { teamIds: [42, 43] };
    const onlooker = look(rights);
    const [own, other] = [createProject(42), createProject(43)];
    onlooker.next();

    rights.teamIds = [42];
    const lost = told(onlooker);
    store.scans.create(other.id, 0);

    expect(lost).toEqual(["change", [], [other.id]]);
    expect(told(onlooker)).toBeUndefined();
    expect(own.id).toBe(1);
  });
});
