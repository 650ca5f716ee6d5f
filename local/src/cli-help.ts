/** The port of the command where none is named: fixed, so that a stack's configuration stays right between two starts. */
export const DEFAULT_PORT = 4747;

export const HELP = `crashtest-local: a local service that speaks the Crashtest Security API, on 127.0.0.1 unless told otherwise.

Usage: crashtest-local [options]

  --port N             The port; 0 takes a free one. Default ${DEFAULT_PORT}.
  --data DIR           Keep users, projects, scans and logs of scans in this folder, in an SQLite database.
                       Default: in memory. Nothing is left behind, and every start begins anew.
  --team-id N          The team of the user "demo". Default 1.
  --api-key KEY        The API key of the user "demo", in place of an earlier one. Default: a new one at the first
                       start, printed once.
                       Others on this machine may see command lines; the environment variable
                       CRASHTEST_LOCAL_API_KEY does the same, unseen.
  --help               Print this, and end.

What scans
  --scanner NAME       scripted or wapiti. Default scripted: it touches no target, its findings are invented.
                       wapiti is a real scanner, and is installed on first use.
  --script FILE        What the scripted scanner does, as JSON. Default: invented findings that appear and get fixed.
  --max-scans N        How many scans run at once, the others wait. Default 2 with wapiti, else no limit.

What is scanned, with wapiti: this machine, and nothing else unless you say so
  --allow-target HOST  Also this host, by name or address, with any port or with one (HOST:PORT). May stand several
                       times. Its owner has to prove the consent, by a file, an answer of the site or a TXT
                       record, before each scan.
  --require-proof      Ask for the proof also where the target is on this machine.

For others
  --accounts FILE      The users, their keys and teams, as JSON; who is not in it loses the key. See README.md.
  --new-key            Print a new API key and its SHA-256 for that file, and end.
  --listen ADDRESS     The IP address to listen on. Default 127.0.0.1; others need --accounts and --public-url.
  --public-url URL     Under which https address clients find the service, behind a reverse proxy.

Care
  --backup FILE        Write a copy of the database in --data to this new file, also while a service uses it, and end.
  --list-projects      Print the projects in --data with their webhooks and proofs of ownership, and end.
  --control            Offer the control interface for tests under /control; it needs no key. Default off.

It prints one line "crashtest-local listening on http://ADDRESS:PORT" when it is ready; in a browser, that address shows
projects and scans, live. SIGINT and SIGTERM stop running scans and end it.
`;
