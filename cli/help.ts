export const HELP = `pulumi-crashtest: reports and findings of a scan, also where its gate is closed.

Usage: npx pulumi-crashtest COMMAND [options]

  report               Write a report of a scan into a file.
    --format NAME      pdf, xml, json, sarif, junit, markdown or html. Default pdf; with a webhook xml, its only one.
    --output FILE      Default report.pdf, or what the format ends in; its folder is made if it is missing. - is the
                       standard output.
  status               Print where a scan stands.
    --format NAME      text or json. Default text.
  findings             Print what a scan found, the worst first, with the fingerprints for accept.
    --format NAME      table or json. Default table.
  accept FINGERPRINT   Add an entry to a file of accepted findings, which a gate reads with accept: "FILE".
    --file FILE        The file; it is made if it is missing. Its comments stay.
    --reason TEXT      Why it is accepted, for those who review it.
    --expires DAY      The last day on which it is accepted: YYYY-MM-DD.

Which scan, for report, status and findings
  --project N --scan N
  --scan N             With a webhook.
  --state FILE         The one scan of a stack, by what "pulumi stack export" printed; - is the standard input.

Settings come from the environment: CRASHTEST_API_KEY, CRASHTEST_ENDPOINT and the others that a program has; without
--project the secret UUID of the project's webhook is CRASHTEST_WEBHOOK. Those of a stack can be handed on:

  CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)" npx pulumi-crashtest findings --project 1 --scan 1

Exit code: 0 done; 1 failed; 2 the command line or a setting cannot be used, and nothing was tried.`;
