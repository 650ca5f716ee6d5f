import type { LookupAddress } from "node:dns";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { lookUpIn } from "./addresses";
import { authorityOf } from "./allowed-target";
import { countFailure, keep, watch, type ProxyCounts, type Watch } from "./proxy-watch";

export interface AllowListProxy {
  /** The address for the scanner: `http://127.0.0.1:<port>/`. */
  readonly url: string;
  readonly counts: Readonly<ProxyCounts>;
  /** Where blocked requests were going, the first 20 of them, as `host:port`. */
  readonly refusedHosts: ReadonlySet<string>;
  /** Where answers redirect to beyond the target, the first 20 hosts, as `host:port`. */
  readonly redirectHosts: ReadonlySet<string>;
  /** Closes all connections; resolves when the port is free. */
  close(): Promise<void>;
}

const HOP_BY_HOP = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"],
  ...["te", "trailer", "transfer-encoding", "upgrade"],
]);
const MAX_HEADER_BYTES = 65_536;

function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !HOP_BY_HOP.has(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ""] : [],
  );
}

/** Resets a connection: a page of our own would be taken for the target's and cause findings. */
function reset(socket: Duplex): void {
  if ("resetAndDestroy" in socket) (socket as Socket).resetAndDestroy();
  else socket.destroy();
}

function hostOf(target: URL): string {
  return target.hostname.replace(/^\[|\]$/g, "");
}

function portOf(target: URL): number {
  return Number(authorityOf(target).slice(target.hostname.length + 1));
}

const ABSOLUTE = /^http:\/\/([^/?#]*)(.*)$/i;

/** Returns the part of an absolute request line after the host, unchanged: a parsed URL would lose the `..` of an attack. */
function rawPathOf(requestUrl: string): string {
  const rest = ABSOLUTE.exec(requestUrl)?.[2] ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Returns where a client's request line is going, as `host:port`. */
function destinationOf(requestUrl: string, target: URL): string {
  // The scanner omits the brackets of an IPv6 address. A request never goes anywhere but to the target.
  if (ABSOLUTE.exec(requestUrl)?.[1] === bareAuthorityOf(target)) return authorityOf(target);
  const url = URL.canParse(requestUrl) ? new URL(requestUrl) : undefined;
  return url?.protocol === "http:" ? authorityOf(url) : "not an http URL";
}

function bareAuthorityOf(target: URL): string {
  return `${hostOf(target)}:${portOf(target)}`;
}

function pass(watched: Watch, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { target, addresses, counts } = watched;
  counts.forwarded += 1;
  let hasFailed = false;
  const failAs = (kind: "upstreamFailures" | "brokenAnswers"): void => {
    // A client that disconnected before the answer is not a failure of the target.
    if (!hasFailed && !incoming.socket.destroyed) countFailure(watched, kind);
    hasFailed = true;
    reset(incoming.socket);
  };
  const fail = ({ code = "" }: NodeJS.ErrnoException): void => {
    failAs(code.startsWith("HPE_") ? "brokenAnswers" : "upstreamFailures");
  };
  const upstream = httpRequest({
    ...{ host: hostOf(target), port: portOf(target), path: rawPathOf(incoming.url ?? ""), method: incoming.method },
    ...{ headers: endToEnd(incoming.rawHeaders), agent: false, lookup: lookUpIn(addresses) },
    ...{ insecureHTTPParser: true, maxHeaderSize: MAX_HEADER_BYTES },
  });
  upstream.on("error", fail);
  // A switch of protocols (101) is not an answer; without this it would go unnoticed.
  upstream.on("upgrade", (_answer, socket) => {
    socket.destroy();
    failAs("brokenAnswers");
  });
  upstream.on("response", (answer) => {
    answer.on("error", fail);
    watch(watched, answer);
    outgoing.sendDate = false;
    try {
      outgoing.writeHead(answer.statusCode ?? 0, answer.statusMessage ?? "", endToEnd(answer.rawHeaders));
    } catch {
      // An invalid status or header: to the scanner, the same as no answer.
      failAs("brokenAnswers");
      return;
    }
    answer.pipe(outgoing);
  });
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}

function tunnel(watched: Watch, client: Duplex, head: Buffer): void {
  const { target, addresses, counts } = watched;
  counts.forwarded += 1;
  let isOpen = false;
  const upstream = connect({ host: hostOf(target), port: portOf(target), lookup: lookUpIn(addresses) }, () => {
    isOpen = true;
    counts.ownAnswers += 1;
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on("error", () => {
    if (!isOpen || !client.destroyed) countFailure(watched, "upstreamFailures");
    reset(client);
  });
  client.on("error", () => upstream.destroy());
  client.on("close", () => upstream.destroy());
}

/** Tracks the open connections of a server. */
function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  return sockets;
}

export interface ProxyOptions {
  /** The addresses of the target. The proxy never looks up a name. */
  addresses: readonly LookupAddress[];
  /** Receives the number of unanswered requests so far, each time it grows. */
  onUpstreamFailure?: (count: number) => void;
  /** Receives the status of each answer of the target, except those in a tunnel, which cannot be seen. */
  onAnswer?: (status: number) => void;
}

/**
 * Starts a forward proxy on 127.0.0.1 that forwards requests to the host and port of `target` and resets all others.
 * The scanner follows redirects out of its scope; this proxy keeps it on the target.
 */
export async function startAllowListProxy(
  target: URL,
  { addresses, onUpstreamFailure = () => undefined, onAnswer = () => undefined }: ProxyOptions,
): Promise<AllowListProxy> {
  const counts: ProxyCounts = { forwarded: 0, refused: 0, upstreamFailures: 0, brokenAnswers: 0, ownAnswers: 0 };
  const allowed = authorityOf(target);
  const refusedHosts = new Set<string>();
  const watched: Watch = { target, addresses, counts, onUpstreamFailure, onAnswer, redirectHosts: new Set() };
  const refuse = (socket: Duplex, wanted: string): void => {
    counts.refused += 1;
    keep(refusedHosts, wanted);
    reset(socket);
  };
  const server = createServer({ insecureHTTPParser: true, maxHeaderSize: MAX_HEADER_BYTES }, (incoming, outgoing) => {
    const destination = destinationOf(incoming.url ?? "", target);
    if (destination === allowed) pass(watched, incoming, outgoing);
    else refuse(incoming.socket, destination);
  });
  const sockets = socketsOf(server);
  server.on("connect", (incoming, client, head) => {
    const destination = incoming.url?.toLowerCase();
    if (destination === allowed || destination === bareAuthorityOf(target)) tunnel(watched, client, head);
    else refuse(client, incoming.url ?? "");
  });
  server.on("upgrade", (_incoming, socket) => {
    refuse(socket, "a WebSocket");
  });
  server.on("clientError", (_error, socket) => {
    reset(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}/`,
    ...{ counts, refusedHosts, redirectHosts: watched.redirectHosts },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
