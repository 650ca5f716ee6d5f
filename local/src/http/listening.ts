import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Binds the server; resolves with the port. @throws Error that says which address cannot be used, and why. */
export function listen(server: Server, { address, port }: { address: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const remedy = isTaken
        ? "Another program is using it: choose another port with --port, or 0 for a free one."
        : error.message;
      reject(new Error(`crashtest-local cannot listen on ${address}:${port}. ${remedy}`, { cause: error }));
    });
    server.listen(port, address, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Closes all connections; resolves when the port is free. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
