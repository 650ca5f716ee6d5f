import type { Server as NetServer } from "node:net";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

type Respond = (request: IncomingMessage, response: ServerResponse, count: number, body: string) => void;

/** A server on a free port of 127.0.0.1 that counts the requests it got. */
export class LoopbackServer {
  readonly requests: { method: string; url: string; rawHeaders: string[] }[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(readonly server: Server) {
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
  }

  /** @param respond gets the number of the request, from 1 on */
  static async start(respond: Respond, port = 0): Promise<LoopbackServer> {
    const server = createServer((request, response) => {
      const { method = "", url = "", rawHeaders } = request;
      loopback.requests.push({ method, url, rawHeaders });
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        respond(request, response, loopback.requests.length, Buffer.concat(chunks).toString());
      });
    });
    const loopback = new LoopbackServer(server);
    await listen(server, port);
    return loopback;
  }

  get port(): number {
    return portOf(this.server);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }
}

export const listen = (server: NetServer, port = 0): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });

export const portOf = (server: NetServer): number => (server.address() as AddressInfo).port;

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server);
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export const statusAnswer = (code: number): object => ({ data: { status: { status_code: code } } });
