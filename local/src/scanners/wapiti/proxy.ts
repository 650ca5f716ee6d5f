import type { LookupAddress } from "node:dns";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { lookUpIn } from "./addresses";
import { authorityOf } from "./allowed-target";
import type { Certificate } from "./certificate";
import { forward, hostOf, MAX_HEADER_BYTES, portOf, rawHostOf, reset } from "./forward";
import type { LoginSession } from "./login/session";
import { countFailure, keep, type ProxyCounts, type RequestLine, type Watch } from "./proxy-watch";

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

/** Returns where a client's request line is going, as `host:port`. */
function destinationOf(requestUrl: string, target: URL): string {
  // The scanner omits the brackets of an IPv6 address. A request never goes anywhere but to the target.
  if (rawHostOf(requestUrl) === bareAuthorityOf(target)) return authorityOf(target);
  const url = URL.canParse(requestUrl) ? new URL(requestUrl) : undefined;
  return url?.protocol === "http:" ? authorityOf(url) : "not an http URL";
}

function bareAuthorityOf(target: URL): string {
  return `${hostOf(target)}:${portOf(target)}`;
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

/** Answers a CONNECT as the target itself would be connected, and reads what comes over TLS. */
function endTls(server: Server, client: Duplex, head: Buffer): void {
  client.on("error", () => client.destroy());
  client.write("HTTP/1.1 200 Connection established\r\n\r\n");
  client.unshift(head);
  server.emit("connection", client);
}

/** Creates a server that is not listening, for connections to an https target that end here. */
function createInnerServer(certificate: Certificate, onRequest: RequestListener): Server {
  const options = { key: certificate, cert: certificate, insecureHTTPParser: true, maxHeaderSize: MAX_HEADER_BYTES };
  return createTlsServer(options, onRequest)
    .on("upgrade", (_incoming, socket) => {
      reset(socket);
    })
    .on("clientError", (_error, socket) => {
      reset(socket);
    });
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
  onAnswer?: (status: number, request: RequestLine) => void;
  /** Ends the TLS of an https target here, so that its requests and answers are seen. Default: it passes through unread. */
  certificate?: Certificate | undefined;
  /** Puts the credentials of a login on. An https target then needs a certificate. */
  session?: LoginSession | undefined;
  /** Called once the session has ended and cannot be renewed. */
  onSessionLost?: () => void;
}

/**
 * Starts a forward proxy on 127.0.0.1 that forwards requests to the host and port of `target` and resets all others.
 * The scanner follows redirects out of its scope; this proxy keeps it on the target.
 */
export async function startAllowListProxy(target: URL, options: ProxyOptions): Promise<AllowListProxy> {
  const counts: ProxyCounts = { forwarded: 0, refused: 0, upstreamFailures: 0, brokenAnswers: 0, ownAnswers: 0 };
  const allowed = authorityOf(target);
  const refusedHosts = new Set<string>();
  const watched: Watch = {
    ...{ target, counts, redirectHosts: new Set(), addresses: options.addresses, session: options.session },
    onUpstreamFailure: options.onUpstreamFailure ?? (() => undefined),
    onAnswer: options.onAnswer ?? (() => undefined),
    onSessionLost: options.onSessionLost ?? (() => undefined),
  };
  const refuse = (socket: Duplex, wanted: string): void => {
    counts.refused += 1;
    keep(refusedHosts, wanted);
    reset(socket);
  };
  const server = createServer({ insecureHTTPParser: true, maxHeaderSize: MAX_HEADER_BYTES }, (incoming, outgoing) => {
    const destination = destinationOf(incoming.url ?? "", target);
    if (destination === allowed && target.protocol === "http:") void forward(watched, incoming, outgoing);
    else refuse(incoming.socket, destination);
  });
  const sockets = socketsOf(server);
  const inner =
    options.certificate === undefined
      ? undefined
      : createInnerServer(options.certificate, (incoming, outgoing) => void forward(watched, incoming, outgoing));
  server.on("connect", (incoming, client, head) => {
    const destination = incoming.url?.toLowerCase();
    const isTarget = destination === allowed || destination === bareAuthorityOf(target);
    if (isTarget && inner !== undefined) endTls(inner, client, head);
    else if (isTarget && options.session === undefined) tunnel(watched, client, head);
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
