import { createClient, type CrashtestClient } from "../provider/client";
import { clientOptionsOf } from "../provider/config/settings";
import { programSettings } from "./settings";

let client: CrashtestClient | undefined;

/** The composition root of programs: one client, with one connection pool, for all functions of a run. */
export function programClient(): CrashtestClient {
  client ??= createClient(clientOptionsOf(programSettings()));
  return client;
}
