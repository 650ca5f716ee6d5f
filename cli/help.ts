/** The sub-commands, in the order in which help has them. */
export const COMMAND_NAMES = ["report", "status", "findings", "accept"] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export const isCommandName = (text: string): text is CommandName => COMMAND_NAMES.some((name) => name === text);

interface CommandHelp {
  /** The arguments after the command's name. */
  usage: string;
  summary: string;
  options: string;
  /** Whether it requests a scan from the service. */
  asksService: boolean;
}

const COMMANDS: Readonly<Record<CommandName, CommandHelp>> = {
  report: {
    usage: "SCAN [--format NAME] [--output FILE] [--allow-unfinished]",
    summary: "Write a report of a scan to a file.",
    options: `
  --format NAME       pdf, xml, json or csv, as far as the service has them; or sarif, junit, markdown or html. Default
                      pdf; xml for a webhook that has no pdf.
  --output FILE       Default report.pdf, or the format's extension. Its folder is created if it is missing. - is the
                      standard output.
  --allow-unfinished  Also make sarif, junit, markdown and html for a scan that was stopped or failed.`,
    asksService: true,
  },
  status: {
    usage: "SCAN [--format NAME]",
    summary: "Print the status of a scan. The exit code is 3 until the scan has ended, successfully or not.",
    options: `
  --format NAME       text or json. Default text.`,
    asksService: true,
  },
  findings: {
    usage: "SCAN [--format NAME]",
    summary: "Print the findings of a scan, the most severe first, with the fingerprints for accept.",
    options: `
  --format NAME       table or json. Default table.`,
    asksService: true,
  },
  accept: {
    usage: "FINGERPRINT --file FILE --reason TEXT --expires DAY",
    summary: 'Add an entry to a file of accepted findings, which a gate reads with accept: "FILE".',
    options: `
  FINGERPRINT         Of the finding, as printed by a closed gate and by findings: 64 hexadecimal digits.
  --file FILE         It is created if it is missing. Its comments are kept.
  --reason TEXT       Why the finding is accepted, for reviewers.
  --expires DAY       The last day on which it is accepted, in UTC: YYYY-MM-DD.`,
    asksService: false,
  },
};

const WHICH_SCAN = `
Which scan: SCAN is one of
  --project N --scan N
                      The IDs that a closed gate prints.
  --scan N            Started by the webhook whose secret UUID is in CRASHTEST_WEBHOOK.
  --state FILE        The only scan of a stack, from the output of "pulumi stack export"; - is the standard input.

Settings come from the environment: CRASHTEST_API_KEY, CRASHTEST_ENDPOINT and the others of a program. Those of a stack
can be passed on:

  export CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)"
  export CRASHTEST_ENDPOINT="$(pulumi config get crashtest:endpoint)"    # if the stack has one
`;

const EXIT_CODES = `
Exit code: 0 done; 1 failed; 2 the command line or a setting is invalid, and nothing was done; 3 the scan has not ended
yet.`;

const OVERVIEW = `pulumi-crashtest: reports and findings of a scan, even if its gate is closed.

Usage: npx pulumi-crashtest COMMAND [options]
${COMMAND_NAMES.map((name) => `\n  ${name.padEnd(18)}  ${COMMANDS[name].summary}`).join("")}

  COMMAND --help      Show the arguments of a command.
  --version           Show the version.
${WHICH_SCAN}${EXIT_CODES}`;

/** @param name a command; without one, the overview */
export function helpOn(name: string | undefined): string {
  if (name === undefined || !isCommandName(name)) return OVERVIEW;
  const { usage, summary, options, asksService } = COMMANDS[name];
  return `${summary}

Usage: npx pulumi-crashtest ${name} ${usage}
${options}
${asksService ? WHICH_SCAN : ""}${EXIT_CODES}`;
}
