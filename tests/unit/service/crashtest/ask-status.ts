import { createClient, CrashtestError } from "../../../../service/crashtest";

/**
 * Asks for a status in a process of its own, since Node reads NODE_EXTRA_CA_CERTS at its start. Argument: the endpoint.
 * Prints the state, or the code and text of the error.
 */
async function main(): Promise<void> {
  const client = createClient({ endpoint: process.argv[2] ?? "", apiKey: "key", random: () => 1 });
  try {
    const status = await client.scans.getScanStatus("7", "5");
    console.log(status?.state ?? "no scan");
  } catch (error) {
    if (!(error instanceof CrashtestError)) throw error;
    console.log(`${error.code} ${error.message}`);
  } finally {
    await client.close();
  }
}

void main();
