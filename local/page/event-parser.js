// @ts-check

/** @typedef {{ type: string, data: string }} ServerEvent */

/**
 * Parses server-sent events from text that arrives in pieces, as in the HTML standard: lines end with CR, LF or both,
 * a blank line ends an event, an event without data is ignored, a line that starts with a colon is a comment. Fields other
 * than `event` and `data` are ignored: the page does not need them.
 * @returns {(piece: string) => ServerEvent[]} takes the next piece, returns the events that it completes
 */
export function createEventParser() {
  let rest = "";
  let isStart = true;
  let type = "";
  /** @type {string[]} */
  let data = [];

  /** @param {string} line @returns {ServerEvent[]} */
  const readLine = (line) => {
    if (line === "") {
      const event = { type: type === "" ? "message" : type, data: data.join("\n") };
      const isEvent = data.length > 0;
      type = "";
      data = [];
      return isEvent ? [event] : [];
    }
    const at = line.indexOf(":");
    const field = at === -1 ? line : line.slice(0, at);
    const value = at === -1 ? "" : line.slice(at + 1).replace(/^ /, "");
    if (field === "event") type = value;
    if (field === "data") data.push(value);
    return [];
  };

  return (piece) => {
    rest += piece;
    if (isStart && rest !== "") {
      rest = rest.replace(/^\uFEFF/, "");
      isStart = false;
    }
    // A CR at the end may be the first half of a line break.
    const complete = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const lines = complete.split(/\r\n|\r|\n/);
    rest = (lines.pop() ?? "") + rest.slice(complete.length);
    return lines.flatMap(readLine);
  };
}
