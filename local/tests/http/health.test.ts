import express from "express";
import { createHealth } from "../../src/http/health";
import { TestService } from "../service/test-service";

afterEach(() => TestService.closeAll());

test("health takes no key and any host name, and is not cached", async () => {
  const service = await TestService.start();

  const answer = await service.send("GET", "/health", { key: null, headers: { host: "10.0.0.5" } });

  expect([answer.status, answer.json]).toEqual([200, { message: "healthy" }]);
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("another method than GET and HEAD is 405", async () => {
  const service = await TestService.start();

  expect((await service.send("HEAD", "/health", { key: null })).status).toBe(200);
  expect((await service.send("POST", "/health", { key: null })).status).toBe(405);
});

test("all else by a name that is not the service's own is 421", async () => {
  const service = await TestService.start();

  expect((await service.send("DELETE", "/projects/1", { headers: { host: "evil.example" } })).status).toBe(421);
});

test("a database that does not answer is 503", async () => {
  const ping = (): void => {
    throw new Error("disk I/O error");
  };
  const server = express().use(createHealth({ ping })).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };

  const answer = await fetch(`http://127.0.0.1:${port}/health`);
  server.close();

  expect([answer.status, await answer.json()]).toEqual([503, { message: "database_unavailable" }]);
});
