import Table from "cli-table3";

/** In columns of a terminal. */
const LONGEST_CELL = 44;

/** Cuts by characters; wide ones take two columns, and the table gives them the room. */
export function cutCell(cell: string): string {
  const characters = Array.from(cell);
  return characters.length > LONGEST_CELL ? `${characters.slice(0, LONGEST_CELL - 3).join("")}...` : cell;
}

const NO_LINES = {
  ...Object.fromEntries(
    [
      ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
      ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
    ].map((name) => [name, ""]),
  ),
  middle: " ",
};

/** One line for each row, with its cells below each other. */
export function layOutTable(rows: readonly (readonly string[])[]): string[] {
  const table = new Table({ chars: NO_LINES, style: { head: [], border: [], compact: true }, wordWrap: false });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}
