import { createServer, type Server } from "node:https";
import type { RequestListener } from "node:http";
import { selfSignedCertificate } from "../../../tests/unit/service/crashtest/certificate";
import { describeReal, REAL_TIMEOUT_MS } from "./real";
import { closeAll, HTML, scan, server } from "./scanning";

jest.setTimeout(REAL_TIMEOUT_MS);

afterEach(closeAll);

const PAGE = `
  <a href="/people?name=ann">people</a> <a href="/orders?id=1&amp;sort=up">orders</a> <script src="/shop.js"></script>
  <form method="post" action="/guestbook"><input name="entry"></form>`;

const site: RequestListener = ({ url = "" }, response) => {
  if (url === "/shop.js") response.writeHead(200, { "Content-Type": "text/javascript" }).end("void 0");
  else response.writeHead(200, HTML).end(PAGE);
};

const login: RequestListener = ({ url = "" }, response) => {
  if (url.split("?")[0] === "/login") {
    response.writeHead(200, HTML).end(`
      <script src="/shop.js"></script> <a href="/account">your account</a>
      <form method="post" action="/login"><input name="user"><input type="password" name="secret"></form>`);
  } else if (url === "/shop.js") response.writeHead(200, { "Content-Type": "text/javascript" }).end("void 0");
  else response.writeHead(302, { Location: `/login?next=${encodeURIComponent(url)}` }).end();
};

/** Answers like `first` for so many requests, and refuses all others with `status`. */
function refusingAfter(count: number, status: number, first: RequestListener = site): RequestListener {
  let answered = 0;
  return (request, response) => {
    answered += 1;
    if (answered <= count) first(request, response);
    else response.writeHead(status, HTML).end(`<a href="/contact">contact</a>`);
  };
}

async function secureServer(answer: RequestListener): Promise<{ url: URL; close: () => Promise<void> }> {
  const started: Server = createServer(selfSignedCertificate(new Date()), answer);
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const { port } = started.address() as { port: number };
  return {
    url: new URL(`https://127.0.0.1:${port}/`),
    close: () =>
      new Promise((resolve) => {
        started.close(() => {
          resolve();
        });
        started.closeAllConnections();
      }),
  };
}

describeReal("a real scan of a target that cannot be tested", () => {
  it.each([503, 401])("is failed where the target answers %i to everything", async (status) => {
    const { url } = await server(refusingAfter(0, status));
    const { outcome } = await scan(url, { modules: ["csp"] });

    expect(outcome).toMatchObject({
      state: "failed",
      reason: `the target answered ${status} to all 2 requests for pages: nothing was tested`,
      coverage: { pages: 0, forms: 0, parameters: 0 },
    });
  });

  it("has an error for each module that was refused, where the target answers 429 from some request on", async () => {
    const { url } = await server(refusingAfter(25, 429));
    const { outcome } = await scan(url, { modules: ["xss", "sql"] });

    const message = expect.stringMatching(
      /^sql: the target answered 429 to \d+ of the module's \d+ requests$/,
    ) as string;
    expect(outcome).toMatchObject({ state: "finished", errors: [{ scanner: "sqlinjection", message }] });
    expect(outcome.findings).toEqual({ xss: [] });
  });

  it("is failed where all pages redirect to one that asks for a password", async () => {
    const { url } = await server(login);
    const { outcome } = await scan(url, { modules: ["csp"] });

    expect(outcome.state).toBe("failed");
    expect(outcome.reason).toContain(`the target is behind a login: all its pages redirect to ${url.href}login`);
  });

  it("says what it covered of a site that is well", async () => {
    const { url } = await server(site);
    const { outcome } = await scan(url, { modules: ["csp"] });

    expect(outcome).toMatchObject({ state: "finished", errors: [], coverage: { pages: 4, forms: 1, parameters: 4 } });
  });

  it.each<[string, RequestListener, string]>([
    ["503 to everything", refusingAfter(0, 503), "the target answered 503 to all 2 requests for pages"],
    ["429 at its end", refusingAfter(12, 429), "the target answers 429 after the scan"],
  ])("is failed where an https target answers %s", async (_case, answer, reason) => {
    const { url, close } = await secureServer(answer);
    const { outcome } = await scan(url, { modules: ["xss"] });
    await close();

    expect(outcome.state).toBe("failed");
    expect(outcome.reason).toContain(reason);
  });
});
