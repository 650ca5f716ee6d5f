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

/** For each room: one import of each other room. */
const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to })));
const answers = JSON.parse(
  execFileSync(
    process.execPath,
    [
      join(__dirname, "lint-imports.mjs"),
      JSON.stringify(
        pairs.map(({ from, to }) => ({ file: fileOf(from), specifier: specifier(fileOf(from), fileOf(to)) })),
      ),
    ],
    { cwd: ROOT, encoding: "utf8" },
  ),
) as string[][];
const messagesOf = (from: string, to: string): string[] =>
  answers[pairs.findIndex((pair) => pair.from === from && pair.to === to)] ?? [];

test.each(names)("%s may import what it names, and everything else is refused with the reason", (room) => {
  const { knows = [], why = "" } = rooms[room] ?? {};
  const refused = names.filter((other) => other !== room && messagesOf(room, other).length > 0);

  expect(refused).toEqual(names.filter((other) => other !== room && !knows.includes(other)));
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
