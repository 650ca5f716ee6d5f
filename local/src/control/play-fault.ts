import { setTimeout as sleep } from "node:timers/promises";
import type { Request, Response } from "express";
import type { Fault } from "./fault";

const HTML_PAGE = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n";

/** Plays a fault; returns true if the request is to be handled anyway. */
export async function playFault(fault: Fault, request: Request, response: Response): Promise<boolean> {
  if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
  switch (fault.kind) {
    case "delay":
      return true;
    case "status":
      response.status(fault.status).set(fault.headers ?? {});
      sendBody(response, fault.body);
      return false;
    case "html":
      response
        .status(fault.status ?? 200)
        .type("html")
        .send(fault.body ?? HTML_PAGE);
      return false;
    case "redirect":
      response
        .status(fault.status ?? 302)
        .set("Location", fault.location)
        .end();
      return false;
    case "dropBeforeHandling":
      request.socket.destroy();
      return false;
    case "dropAfterHandling":
      dropAnswer(response);
      return true;
    case "cutBody":
      cutBody(response, fault.afterBytes);
      return true;
    case "wrongContentType":
      changeType(response, fault.contentType);
      return true;
  }
}

function sendBody(response: Response, body: unknown): void {
  if (body === undefined) response.end();
  else if (typeof body === "string") response.end(body);
  else response.json(body);
}

function bytesOf(chunk: unknown): Buffer {
  if (typeof chunk === "string") return Buffer.from(chunk);
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}

function dropAnswer(response: Response): void {
  response.write = () => true;
  response.end = () => {
    response.socket?.destroy();
    return response;
  };
}

/** The first part is often the whole body, so half of it is the middle. */
function cutBody(response: Response, afterBytes: number | undefined): void {
  const write = response.write.bind(response) as (chunk: Buffer, sent: () => void) => boolean;
  let left = afterBytes;
  const pass = (chunk: unknown): boolean => {
    const bytes = bytesOf(chunk);
    left ??= Math.floor(bytes.length / 2);
    const part = bytes.subarray(0, left);
    left -= part.length;
    return write(part, () => {
      if (left === 0) response.socket?.destroy();
    });
  };
  response.write = pass;
  response.end = (chunk?: unknown) => {
    if (chunk !== undefined && typeof chunk !== "function") pass(chunk);
    return response;
  };
}

function changeType(response: Response, contentType: string): void {
  const writeHead = response.writeHead.bind(response) as (status: number) => Response;
  response.writeHead = (status: number) => {
    response.setHeader("Content-Type", contentType);
    return writeHead(status);
  };
}
