const ESCAPE = "\u001B[";

/** The colours that the engine uses, by their numbers in the usual palette. Readable on a dark background. */
const COLORS: Readonly<Record<string, string>> = {
  1: "#ff7b72",
  2: "#56d364",
  3: "#e3b341",
  4: "#79c0ff",
  5: "#d2a8ff",
  12: "#a5d6ff",
  13: "#f0a8ff",
};

interface Style {
  readonly color?: string;
  readonly isBold?: boolean;
}

/**
 * Renders text with colours as a terminal would, as HTML, a line each. @throws Error for an escape sequence that sets no
 * known colour
 */
export function terminalLines(text: string): string[] {
  const [first = "", ...pieces] = text.split(ESCAPE);
  let style: Style = {};
  const spans = pieces.map((piece) => {
    const end = piece.indexOf("m");
    style = styleAfter(style, piece.slice(0, Math.max(end, 0)));
    return styled(style, piece.slice(end + 1));
  });
  return [styled({}, first), ...spans].join("").split("\n");
}

function styleAfter(style: Style, codes: string): Style {
  if (codes === "0") return {};
  if (codes === "1") return { ...style, isBold: true };
  const color = COLORS[/^38;5;(\d+)$/.exec(codes)?.[1] ?? ""];
  if (color === undefined) throw new Error(`The engine wrote "ESC[${codes}m", which the picture cannot show.`);
  return { ...style, color };
}

/** No element spans the end of a line. */
function styled({ color, isBold = false }: Style, text: string): string {
  const rules = [...(color === undefined ? [] : [`color: ${color}`]), ...(isBold ? ["font-weight: bold"] : [])];
  const lines = text.split("\n").map(escaped);
  if (rules.length === 0) return lines.join("\n");
  return lines.map((line) => `<span style="${rules.join("; ")}">${line}</span>`).join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
