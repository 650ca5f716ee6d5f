/** The sub-commands, in the order in which help has them. */
export const COMMAND_NAMES = ["report", "status", "findings", "accept"] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export const isCommandName = (text: string): text is CommandName => COMMAND_NAMES.some((name) => name === text);

interface CommandHelp {
  /** What follows the command's name. */
  usage: string;
  summary: string;
  options: string;
  /** Whether it asks the service about a scan. */
  asksService: boolean;
}

const COMMANDS: Readonly<Record<CommandName, CommandHelp>> = {
  report: {
    usage: "SCAN [--format NAME] [--output FILE] [--allow-unfinished]",
    summary: "Write a report of a scan into a file.",
    options: `
  --format NAME       pdf, xml, json, sarif, junit, markdown or html. Default pdf; with a webhook xml, its only one.
  --output FILE       Default report.pdf, or what the format ends in. Its folder is made if it is missing. - is the
                      standard output.
  --allow-unfinished  Make sarif, junit, markdown and html also of a scan that was stopped or failed.`,
    asksService: true,
  },
  status: {
    usage: "SCAN [--format NAME]",
    summary: "Print where a scan stands. The exit code is 3 until the scan has ended, well or badly.",
    options: `
  --format NAME       text or json. Default text.`,
    asksService: true,
  },
  findings: {
    usage: "SCAN [--format NAME]",
    summary: "Print what a scan found, the worst first, with the fingerprints for accept.",
    options: `
  --format NAME       table or json. Default table.`,
    asksService: true,
  },
  accept: {
    usage: "FINGERPRINT --file FILE --reason TEXT --expires DAY",
    summary: 'Add an entry to a file of accepted findings, which a gate reads with accept: "FILE".',
    options: `
  FINGERPRINT         That of the finding, as a closed gate and findings print it: 64 hexadecimal digits.
  --file FILE         It is made if it is missing. Its comments stay.
  --reason TEXT       Why the finding is accepted, for those who review it.
  --expires DAY       The last day on which it is accepted, in UTC: YYYY-MM-DD.`,
    asksService: false,
  },
};

const WHICH_SCAN = `
Which scan: SCAN is one of
  --project N --scan N
                      By the numbers that a closed gate prints.
  --scan N            Started by the webhook whose secret UUID is in CRASHTEST_WEBHOOK.
  --state FILE        The one scan of a stack, by what "pulumi stack export" printed; - is the standard input.

Settings come from the environment: CRASHTEST_API_KEY, CRASHTEST_ENDPOINT and the others that a program has. Those of a
stack can be handed on:

  export CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)"
  export CRASHTEST_ENDPOINT="$(pulumi config get crashtest:endpoint)"    # where the stack has one
`;

const EXIT_CODES = `
Exit code: 0 done; 1 failed; 2 the command line or a setting cannot be used, and nothing was tried; 3 the scan has not
ended yet.`;

const OVERVIEW = `pulumi-crashtest: reports and findings of a scan, also where its gate is closed.

Usage: npx pulumi-crashtest COMMAND [options]
${COMMAND_NAMES.map((name) => `\n  ${name.padEnd(18)}  ${COMMANDS[name].summary}`).join("")}

  COMMAND --help      What a command takes.
  --version           Which release this is.
${WHICH_SCAN}${EXIT_CODES}`;

/** @param name the command that it is about; the whole where there is none */
export function helpOn(name: string | undefined): string {
  if (name === undefined || !isCommandName(name)) return OVERVIEW;
  const { usage, summary, options, asksService } = COMMANDS[name];
  return `${summary}

Usage: npx pulumi-crashtest ${name} ${usage}
${options}
${asksService ? WHICH_SCAN : ""}${EXIT_CODES}`;
}
