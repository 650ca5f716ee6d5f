import { createClient, type CrashtestClient } from "../provider/client";
import { clientOptionsOf } from "../provider/config/settings";
import { programSettings } from "./settings";

/** By their settings: with the Automation API the programs of several stacks run in one process. */
const clients = new Map<string, CrashtestClient>();

/** The composition root of programs: one client, with one connection pool, for all functions of a run. */
export function programClient(): CrashtestClient {
  const options = clientOptionsOf(programSettings());
  const settings = JSON.stringify(options);
  const client = clients.get(settings) ?? createClient(options);
  clients.set(settings, client);
  return client;
}
