import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { endWithTest } from "./ending";
import { reportOf, type Shape } from "./large-report";
import { INSTANCE, type TestService } from "./service";

/** The most that is read of a report whose findings count. */
export const MAX_REPORT_BYTES = 16 * 1024 * 1024;

/** What a service hands out. */
export interface Reports {
  json: { shape: Shape; bytes: number };
  xml: { shape: Shape; bytes: number };
}

/** The local service, but for reports, which are larger than it takes a script for. Gives its address. */
export async function startFront(service: TestService, reports: Reports): Promise<string> {
  const front = createServer((incoming, response) => {
    const [, format] = /\/report\/(json|xml|junit)$/.exec(incoming.url ?? "") ?? [];
    if (format === undefined) {
      const { method, headers, url = "" } = incoming;
      const outgoing = request(service.url + url, { method: method ?? "GET", headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(outgoing);
    } else sendReport(response, format === "json" ? "json" : "xml", reports);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  endWithTest(async () => {
    front.closeAllConnections();
    await new Promise((resolve) => front.close(resolve));
  });
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}

function sendReport(response: ServerResponse, format: "json" | "xml", reports: Reports): void {
  response.writeHead(200, { "content-type": `application/${format}`, "crashtest-service": INSTANCE });
  const { shape, bytes } = reports[format];
  Readable.from(reportOf(shape, bytes))
    .on("error", () => undefined)
    .pipe(response);
}
