import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf, startServer, type TestServer } from "./servers";

type Answer = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void;

const HTML = { "Content-Type": "text/html; charset=utf-8" };

function page(response: ServerResponse, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { ...HTML, ...headers }).end(`<!doctype html><html><body>${body}</body></html>`);
}

const HOME = `
  <a href="/go?to=/guestbook">go</a> <a href="/language?name=en">language</a> <a href="/people?name=ann">people</a>
  <a href="/page.php">page</a> <a href="/cgi-bin/status">status</a> <a href="/feed">feed</a> <a href="/guestbook">guestbook</a>
  <a href="/age?years=7">age</a>
  <form method="post" action="/guestbook"><input name="entry"></form>
  <form method="post" action="/upload" enctype="multipart/form-data"><input type="file" name="picture"></form>`;

/** What a web server with PHP would print for the scanner's file: the words of one list in the order of another. */
function runPhp(file: string): string {
  const words = [...file.matchAll(/\d+ => "(\w+)"/g)].map(([, word]) => word);
  const order = /\$b = array\(([\d,]+)\)/.exec(file)?.[1]?.split(",") ?? [];
  return order.map((index) => words[Number(index)]).join("");
}

/** What a shell of the year 2014 does with a header that begins like a function. */
function runShell(header: string): string {
  return [...header.matchAll(/\\x([0-9a-f]{2})/g)]
    .map(([, code]) => String.fromCharCode(parseInt(code ?? "", 16)))
    .join("");
}

/** A directory that a value becomes a part of the filter of; what comes after a zero byte is not read. */
function searchDirectory(name: string): string {
  const filter = name.split("\0")[0] ?? "";
  if (filter.includes("(")) return "The search filter is invalid";
  return filter.startsWith("*") ? "Ann, Bob, Cem" : "nobody";
}

/** A site with one hole of each kind that a run looks for, but for those of the shop. */
export async function startHoleySite(): Promise<TestServer> {
  const entries: string[] = [];
  const answers: Readonly<Record<string, Answer>> = {
    "/": (_request, response) => {
      page(response, HOME, { "Set-Cookie": "SID=1" });
    },
    "/go": (_request, response, query) => {
      // Whatever comes, also what is no address at all; no server lets control characters into a header.
      response.writeHead(302, { Location: (query.get("to") ?? "/").replace(/[^\x20-\x7e]/g, "") }).end();
    },
    "/language": (_request, response, query) => {
      // Lines that are no headers are left out: a client takes those for no HTTP, and cannot see the hole.
      const [first = "", ...more] = (query.get("name") ?? "").replace(/[^\n\x20-\x7e]/g, "").split("\n");
      const headers = [`X-Language: ${first}`, ...more.filter((line) => /^\w+: ?\S/.test(line))];
      response.socket?.end(["HTTP/1.1 200 OK", "Connection: close", ...headers, "", "hello"].join("\r\n"));
    },
    "/people": (_request, response, query) => {
      page(response, searchDirectory(query.get("name") ?? ""));
    },
    "/page.php": (_request, response) => {
      page(response, "a page");
    },
    "/page.php.bak": (_request, response) => {
      page(response, "its source");
    },
    "/cgi-bin/status": ({ headers }, response) => {
      page(response, `up ${runShell(headers["user-agent"] ?? "")}`);
    },
    "/feed": async (request, response) => {
      const isRead = (await bodyOf(request)).includes(`SYSTEM "file:///etc/passwd"`);
      page(response, isRead ? "root:x:0:0:root:/root:/bin/sh" : "no feed");
    },
    "/guestbook": async (request, response) => {
      if (request.method === "POST") {
        entries.push(new URLSearchParams(await bodyOf(request)).get("entry") ?? "");
        response.writeHead(303, { Location: "/guestbook" }).end();
      } else page(response, entries.map((entry) => `<p>${entry}</p>`).join(""));
    },
    "/upload": async (request, response) => {
      page(response, runPhp(await bodyOf(request)));
    },
    "/age": (_request, response, query) => {
      const isNumber = /^\d+$/.test(query.get("years") ?? "");
      response.writeHead(isNumber ? 200 : 500, HTML).end(isNumber ? "old enough" : "broken");
    },
  };
  return startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://site.invalid");
    const answer = answers[pathname];
    if (answer === undefined) response.writeHead(404, HTML).end("not here");
    else void answer(request, response, searchParams);
  });
}
