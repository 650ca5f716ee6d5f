import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";

/** A web server for a test, on a free port of 127.0.0.1. */
export interface TestServer {
  readonly url: URL;
  /** The requests so far, as `GET /path`. */
  readonly hits: string[];
  close(): Promise<void>;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as { port: number }).port);
    });
  });
}

export async function startServer(answer: RequestListener): Promise<TestServer> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ""} ${request.url ?? ""}`);
    answer(request, response);
  });
  const port = await listen(server);
  return {
    ...{ url: new URL(`http://127.0.0.1:${port}/`), hits },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Waits until a condition holds. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 120_000): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error("the condition did not come to hold in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
