import type { RequestHandler } from "express";
import type { Store } from "../store/open-store";

/**
 * Creates `GET /health`, for load balancers and process managers: 200 while the database can be read and written, which
 * each request tries, otherwise 503. It needs no key, accepts any host name, and reveals nothing about the stored data.
 */
export function createHealth(store: Pick<Store, "ping">): RequestHandler {
  return (request, response, next) => {
    if (request.path !== "/health") {
      next();
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.status(405).set("Allow", "GET, HEAD").json({ message: "method_not_allowed" });
      return;
    }
    response.set("Cache-Control", "no-store");
    try {
      store.ping();
      response.json({ message: "healthy" });
    } catch {
      response.status(503).json({ message: "database_unavailable" });
    }
  };
}
