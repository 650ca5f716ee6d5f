import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { endWithTest, temporaryFolder } from "./ending";
import { resourceClass } from "./scans";

/** A site on loopback that serves the files of a folder at its web root, and the class of what puts a file there. */
export class WebSite {
  private constructor(
    readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<WebSite> {
    const folder = temporaryFolder("web-site");
    const server = createServer((request, response) => {
      const path = join(folder, basename(request.url ?? ""));
      if (request.url !== "/" && existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endWithTest(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return new WebSite(folder, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }
}

/** A class of resources, each a file: a changed `name` replaces it, a changed `content` writes it anew. */
export const FILE_CLASS = resourceClass(
  "WebFile",
  `
const write = ({ folder, name, content }) => require("fs").writeFileSync(folder + "/" + name, content);
const outs = ({ folder, name, content }) => ({ folder, name, content });
exports.handler = () => ({
  create: async (inputs) => (write(inputs), { id: inputs.name, outs: outs(inputs) }),
  diff: async (_id, olds, news) => {
    const replaces = olds.name === news.name ? [] : ["name"];
    return { changes: replaces.length > 0 || olds.content !== news.content, replaces };
  },
  update: async (_id, _olds, news) => (write(news), { outs: outs(news) }),
  delete: async (_id, { folder, name }) => require("fs").rmSync(folder + "/" + name, { force: true }),
});`,
);
