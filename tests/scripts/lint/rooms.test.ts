import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");

interface Room {
  knows: string[];
  why: string;
}

const rooms = JSON.parse(
  execFileSync(
    process.execPath,
    ["-e", 'import("./eslint.rooms.mjs").then(({ ROOMS }) => console.log(JSON.stringify(ROOMS)))'],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  ),
) as Record<string, Room>;
const names = Object.keys(rooms);

/** Some file of a room, from the root. */
function fileOf(room: string): string {
  const folder = join(ROOT, room === "local" ? "local/src" : room);
  const file = readdirSync(folder).find((name) => name.endsWith(".ts"));
  if (file === undefined) throw new Error(`no file in ${room}`);
  return relative(ROOT, join(folder, file));
}

const specifier = (from: string, to: string): string => {
  const path = posix.relative(dirname(from), to.replace(/\.ts$/, ""));
  return path.startsWith(".") ? path : `./${path}`;
};

const othersOf = (room: string): string[] => names.filter((other) => other !== room);

/** One file of each room, with one import of each other room. */
const asked = names.map((room) => {
  const file = fileOf(room);
  return { file, specifiers: othersOf(room).map((other) => specifier(file, fileOf(other))) };
});
const answers = JSON.parse(
  execFileSync(process.execPath, [join(__dirname, "lint-imports.mjs"), JSON.stringify(asked)], {
    cwd: ROOT,
    encoding: "utf8",
  }),
) as string[][][];
const messagesOf = (room: string, other: string): string[] =>
  answers[names.indexOf(room)]?.[othersOf(room).indexOf(other)] ?? [];

test.each(names)("%s may import what it names, and everything else is refused with the reason", (room) => {
  const { knows = [], why = "" } = rooms[room] ?? {};
  const refused = othersOf(room).filter((other) => messagesOf(room, other).length > 0);

  expect(refused).toEqual(othersOf(room).filter((other) => !knows.includes(other)));
  for (const other of refused) expect(messagesOf(room, other).join()).toContain(why);
});

test("no two rooms know each other, by whatever way", () => {
  const reach = (room: string, seen = new Set<string>()): Set<string> => {
    for (const other of rooms[room]?.knows ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      reach(other, seen);
    }
    return seen;
  };

  expect(names.filter((room) => reach(room).has(room))).toEqual([]);
});

test("each folder of sources is a room", () => {
  const { include } = JSON.parse(
    execFileSync(process.execPath, ["-p", 'JSON.stringify(require("./tsconfig.build.json"))'], {
      cwd: ROOT,
      encoding: "utf8",
    }),
  ) as { include: string[] };

  expect(
    include.filter((folder) => folder !== "contract" && !names.some((room) => room.split("/")[0] === folder)),
  ).toEqual([]);
});
