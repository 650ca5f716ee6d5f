import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How long the service takes for a create. */
const POST_DELAY_MS = 50;

export interface BenchService {
  endpoint: string;
  /** How many projects were created, and how many deleted, since the last call. */
  takeCounts: () => { created: number; deleted: number };
  close: () => Promise<void>;
}

/** Starts a service that only creates and deletes projects, so that its own work does not count. */
export async function startBenchService(): Promise<BenchService> {
  let lastId = 0;
  let counts = { created: 0, deleted: 0 };
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    request.resume().on("end", () => {
      if (request.method === "DELETE") {
        counts.deleted += 1;
        answer(200, { message: "project_deleted" });
        return;
      }
      setTimeout(() => {
        counts.created += 1;
        answer(201, { message: "project_created", data: { id: ++lastId } });
      }, POST_DELAY_MS);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    takeCounts: () => {
      const taken = counts;
      counts = { created: 0, deleted: 0 };
      return taken;
    },
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.closeAllConnections();
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
