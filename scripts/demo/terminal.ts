/** Whether this terminal supports colours; see no-color.org. */
const hasColour = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;

const paint =
  (code: number) =>
  (text: string): string =>
    hasColour ? `\u001B[${code}m${text}\u001B[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

let step = 0;

/** Starts a step of the demo. */
export function sayStep(title: string): void {
  step += 1;
  say(`\n${bold(`${step}. ${title}`)}`);
}

/** Shows a command as it would be typed. */
export function sayCommand(command: string): void {
  say(dim(`   $ ${command}`));
}

/** Removes what a scanned site or a tool could use to control the terminal. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
