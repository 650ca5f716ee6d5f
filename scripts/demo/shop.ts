import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";

/** The web program that is scanned, as a process. */
export interface Shop {
  url: string;
  stop: () => Promise<void>;
}

const READY = /listening on (http:\/\/\S+)/;

/** Starts `examples/vulnerable-shop` on 127.0.0.1, by default on a free port. */
export async function startShop({ isMended, port = 0 }: { isMended: boolean; port?: number }): Promise<Shop> {
  const program = join(REPOSITORY_ROOT, "examples/vulnerable-shop/shop.js");
  const child = spawn(process.execPath, [program, "--port", String(port), ...(isMended ? ["--mended"] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) =>
    child.once("close", () => {
      resolve();
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    void ended.then(() => {
      reject(new Error("the shop ended before it listened"));
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = READY.exec(line)?.[1];
      if (address !== undefined) resolve(`${address}/`);
    });
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}
