/** The command's default port: fixed, so that the endpoint in a stack's configuration stays valid across restarts. */
export const DEFAULT_PORT = 4747;

export const HELP = `crashtest-local: a local service that speaks the Crashtest Security API, or that of Veracode DAST Essentials, on 127.0.0.1 by
default.

Usage: crashtest-local [options]

  --api NAME           The API that it speaks: crashtest or veracode. Default crashtest.
  --port N             The port; 0 picks a free one. Default ${DEFAULT_PORT}.
  --data DIR           Keep users, projects, scans and scan logs in this folder, in an SQLite database.
                       Default: in memory. Nothing is left behind, and every start begins from scratch.
  --team-id N          The team of the user "demo". Default 1.
  --api-key KEY        The API key of the user "demo", replacing an earlier one. Default: a new one at the first
                       start, printed once.
                       Others on this machine may see command lines; the environment variable
                       CRASHTEST_LOCAL_API_KEY does the same without being visible.
                       With --api veracode: 128 hexadecimal digits, together with --api-id.
  --help               Print this help and exit.

Scanner
  --scanner NAME       scripted or wapiti. Default scripted: it touches no target, its findings are invented.
                       wapiti is a real scanner, and is installed on first use.
  --script FILE        What the scripted scanner does, as JSON. Default: invented findings that appear and get fixed.
  --max-scans N        How many scans run at once; the others wait. Default 2 with wapiti, otherwise no limit.

With --api veracode
  --api-id ID          The API ID of the user "demo", 32 hexadecimal digits, together with --api-key. The environment variable
                       CRASHTEST_LOCAL_API_ID does the same.
  --allow-local-targets
                       Allow localhost and IP addresses as targets, which the real service rejects.

Targets, with wapiti: only this machine by default
  --allow-target HOST  Allow this host too, by name or address, with any port or only one (HOST:PORT). Can be repeated.
                       Its owner must prove consent, by a file, a response of the site or a TXT record, before each
                       scan.
  --require-proof      Require the proof for targets on this machine as well.

For a team
  --accounts FILE      The users, their keys and teams, as JSON; anyone not in it loses access. See README.md.
  --new-key            Print a new API key and its SHA-256 for that file, and exit; with --api veracode an API ID and key.
  --listen ADDRESS     The IP address to listen on. Default 127.0.0.1; others need --accounts and --public-url.
  --public-url URL     The https address that clients use, behind a reverse proxy.

Maintenance
  --backup FILE        Write a copy of the database in --data to this new file, even while a service uses it, and exit.
  --list-projects      Print the projects in --data with their webhooks and proofs of ownership, and exit.
  --control            Enable the control interface for tests under /control; it needs no key. Default off.

Prints one line "crashtest-local listening on http://ADDRESS:PORT" when it is ready; in a browser, that address shows
projects and scans, live. SIGINT and SIGTERM stop running scans and end the service.
`;
