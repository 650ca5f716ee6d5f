import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A site on loopback that serves the files of a folder at its web root, and the class of what puts a file there. */
export class WebSite {
  private constructor(
    readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<WebSite> {
    const folder = mkdtempSync(join(tmpdir(), "web-site-"));
    const server = createServer((request, response) => {
      const path = join(folder, basename(request.url ?? ""));
      if (request.url !== "/" && existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new WebSite(folder, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }
}

/** A class of resources, each a file: a changed `name` replaces it, a changed `content` writes it anew. */
export const FILE_CLASS = `
class WebFile extends pulumi.dynamic.Resource {
  constructor(name, props, opts) {
    const write = ({ folder, name, content }) => require("fs").writeFileSync(folder + "/" + name, content);
    const outs = ({ folder, name, content }) => ({ folder, name, content });
    const provider = {
      create: async (inputs) => (write(inputs), { id: inputs.name, outs: outs(inputs) }),
      diff: async (_id, olds, news) => {
        const replaces = olds.name === news.name ? [] : ["name"];
        return { changes: replaces.length > 0 || olds.content !== news.content, replaces };
      },
      update: async (_id, _olds, news) => (write(news), { outs: outs(news) }),
      delete: async (_id, { folder, name }) => require("fs").rmSync(folder + "/" + name, { force: true }),
    };
    super(provider, name, props, opts);
  }
}
`;
