import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { StartOptions } from "../../service/service";
import { REPOSITORY_ROOT } from "../engine/cache";

/** The scanned web application, as a process. */
export interface Shop {
  url: string;
  stop: () => Promise<void>;
}

const READY = /listening on (http:\/\/\S+)/;

/** Returns what a scan needs to reach the account of the shop's test user, and the shop's API. */
export function startOptionsOf({ url }: Shop): StartOptions {
  const form = { url: `${url}login`, username: "test-user", password: "teapots-for-tests" };
  const document = join(REPOSITORY_ROOT, "examples/vulnerable-shop/openapi.yaml");
  return {
    login: { form: [form], check: { url: `${url}account`, contains: "Log out" } },
    apiSpecification: readFileSync(document, "utf8"),
  };
}

/** Starts `examples/vulnerable-shop` on a free port of 127.0.0.1, with these holes fixed. */
export async function startShop(mend: string): Promise<Shop> {
  const program = join(REPOSITORY_ROOT, "examples/vulnerable-shop/shop.js");
  const child = spawn(process.execPath, [program, "--mend", mend], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) =>
    child.once("close", () => {
      resolve();
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    void ended.then(() => {
      reject(new Error("the shop exited before it was listening"));
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
