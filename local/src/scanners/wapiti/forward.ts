import { request as httpRequest, type ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { lookUpIn } from "./addresses";
import { authorityOf } from "./allowed-target";
import type { SeenAnswer } from "./login/session";
import { verification } from "./login/visit";
import { countFailure, watch, type Watch } from "./proxy-watch";

const HOP_BY_HOP = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"],
  ...["te", "trailer", "transfer-encoding", "upgrade"],
]);
export const MAX_HEADER_BYTES = 65_536;

function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !HOP_BY_HOP.has(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ""] : [],
  );
}

/** Resets a connection: a page of our own would be taken for the target's and cause findings. */
export function reset(socket: Duplex): void {
  if ("resetAndDestroy" in socket) (socket as Socket).resetAndDestroy();
  else socket.destroy();
}

export function hostOf(target: URL): string {
  return target.hostname.replace(/^\[|\]$/g, "");
}

export function portOf(target: URL): number {
  return Number(authorityOf(target).slice(target.hostname.length + 1));
}

const ABSOLUTE = /^http:\/\/([^/?#]*)(.*)$/i;

/** Returns the host of an absolute request line, unchanged. */
export function rawHostOf(requestUrl: string): string | undefined {
  return ABSOLUTE.exec(requestUrl)?.[1];
}

/** Returns the part of a request line after the host, unchanged: a parsed URL would lose the `..` of an attack. */
function rawPathOf(requestUrl: string): string {
  if (requestUrl.startsWith("/")) return requestUrl;
  const rest = ABSOLUTE.exec(requestUrl)?.[2] ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** A request of the scanner on its way to the target. `body` is undefined if it is passed on as it arrives. */
interface Passage {
  readonly watched: Watch;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly path: string;
  readonly body: Buffer | undefined;
  readonly isRepeat: boolean;
}

function send({ watched, incoming, path }: Passage): ClientRequest {
  const { target, addresses, session } = watched;
  const headers = endToEnd(incoming.rawHeaders);
  const options = {
    ...{ host: hostOf(target), port: portOf(target), path, method: incoming.method },
    ...{ headers: session?.credentials.applyTo(headers) ?? headers, agent: false, lookup: lookUpIn(addresses) },
    ...{ insecureHTTPParser: true, maxHeaderSize: MAX_HEADER_BYTES },
  };
  if (target.protocol !== "https:") return httpRequest(options);
  // Without credentials nothing secret is sent, and certificates inside a company are usually self-signed.
  return httpsRequest({
    ...options,
    ...(session === undefined ? { rejectUnauthorized: false } : verification(target)),
  });
}

/** Passes an answer of the target back to the scanner. */
function deliver(
  { watched, incoming, outgoing, path }: Passage,
  answer: IncomingMessage,
  failAs: (kind: "brokenAnswers") => void,
): void {
  const headers = endToEnd(answer.rawHeaders);
  watch(watched, answer, { method: incoming.method ?? "", path });
  outgoing.sendDate = false;
  try {
    const seen = watched.session?.credentials.masked(headers) ?? headers;
    outgoing.writeHead(answer.statusCode ?? 0, answer.statusMessage ?? "", seen);
  } catch {
    // An invalid status or header: to the scanner, the same as no answer.
    failAs("brokenAnswers");
    return;
  }
  answer.pipe(outgoing);
}

/** Lets the session look at an answer; returns whether it was renewed, so that the request must be repeated. */
async function isRenewedFor(
  { watched, path, isRepeat }: Passage,
  answer: IncomingMessage,
  generation: number,
): Promise<boolean> {
  const { session, target } = watched;
  if (session === undefined) return false;
  const seen: SeenAnswer = {
    url: URL.canParse(path, target.origin) ? new URL(path, target.origin) : target,
    ...{ status: answer.statusCode ?? 0, location: answer.headers.location },
  };
  if (isRepeat || !session.isSuspicious(seen)) {
    const isCurrent = session.generation === generation && !session.isOfLogin(seen.url);
    if (isCurrent) session.credentials.renewFrom(answer.rawHeaders, Date.now());
    return false;
  }
  const verdict = await session.recover(seen, generation);
  if (session.failure !== undefined) watched.onSessionLost();
  return verdict === "renewed";
}

function pass(passage: Passage): void {
  const { watched, incoming, outgoing, body } = passage;
  watched.counts.forwarded += 1;
  let hasFailed = false;
  let isRepeated = false;
  const failAs = (kind: "upstreamFailures" | "brokenAnswers"): void => {
    // A client that disconnected before the answer is not a failure of the target.
    if (!hasFailed && !incoming.socket.destroyed) countFailure(watched, kind);
    hasFailed = true;
    reset(incoming.socket);
  };
  const fail = ({ code = "" }: NodeJS.ErrnoException): void => {
    if (!isRepeated) failAs(code.startsWith("HPE_") ? "brokenAnswers" : "upstreamFailures");
  };
  const generation = watched.session?.generation ?? 0;
  const upstream = send(passage);
  upstream.on("error", fail);
  // A switch of protocols (101) is not an answer; without this it would go unnoticed.
  upstream.on("upgrade", (_answer, socket) => {
    socket.destroy();
    failAs("brokenAnswers");
  });
  upstream.on("response", (answer) => {
    answer.on("error", fail);
    void isRenewedFor(passage, answer, generation).then((isRenewed) => {
      if (!isRenewed) {
        deliver(passage, answer, failAs);
        return;
      }
      isRepeated = true;
      answer.destroy();
      pass({ ...passage, isRepeat: true });
    });
  });
  outgoing.on("close", () => upstream.destroy());
  if (body === undefined) incoming.pipe(upstream);
  else upstream.end(body);
}

/** Passes a request on to the target, and its answer back; with the credentials of the session, if the scan has one. */
export async function forward(watched: Watch, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const passage = { watched, incoming, outgoing, path: rawPathOf(incoming.url ?? ""), isRepeat: false };
  if (watched.session === undefined) {
    pass({ ...passage, body: undefined });
    return;
  }
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    await watched.session.untilSettled();
    pass({ ...passage, body: Buffer.concat(chunks) });
  } catch {
    // The scanner disconnected.
    reset(incoming.socket);
  }
}
