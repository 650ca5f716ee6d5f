import { fetchText } from "../../src/consent/fetch-text";
import { closeAll, LOOPBACK, server as serve } from "../wapiti/scanning";

afterEach(closeAll);

test("the text of a 200", async () => {
  const { url, hits } = await serve((_request, response) => response.end("the proof"));

  expect(await fetchText(new URL("/a.html", url), LOOPBACK)).toBe("the proof");
  expect(hits).toEqual(["GET /a.html"]);
});

test.each([204, 301, 302, 307, 401, 404, 500])("a %i is no text", async (status) => {
  const { url } = await serve((_request, response) => response.writeHead(status).end("the proof"));

  await expect(fetchText(url, LOOPBACK)).rejects.toThrow(`status ${status}`);
});

test("a redirect is not followed", async () => {
  const other = await serve((_request, response) => response.end("the proof"));
  const { url } = await serve((_request, response) => response.writeHead(302, { Location: other.url.href }).end());

  await expect(fetchText(url, LOOPBACK)).rejects.toThrow("status 302");
  expect(other.hits).toEqual([]);
});

test("an answer in another protocol is none, and nobody waits for more", async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(101, { Connection: "Upgrade", Upgrade: "other" }).end();
  });

  await expect(fetchText(url, LOOPBACK)).rejects.toThrow("ended without an answer");
});

test("an endless text is left after a few kilobytes", async () => {
  const { url } = await serve((_request, response) => {
    const more = setInterval(() => response.write("x".repeat(1024)), 1);
    response.on("close", () => {
      clearInterval(more);
    });
  });

  await expect(fetchText(url, LOOPBACK)).rejects.toThrow("more than 4096 bytes");
});

test("a connection that breaks is an error", async () => {
  const { url } = await serve((request) => request.socket.destroy());

  await expect(fetchText(url, LOOPBACK)).rejects.toThrow(/socket hang up|ECONNRESET/);
});

test("the text is asked for at the address given, whatever the name", async () => {
  const { url, hits } = await serve((_request, response) => response.end("the proof"));

  expect(await fetchText(new URL(`http://shop.invalid:${url.port}/a.html`), LOOPBACK)).toBe("the proof");
  expect(hits).toEqual(["GET /a.html"]);
});
