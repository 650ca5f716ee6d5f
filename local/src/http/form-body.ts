import type { Request } from "express";
import { Refusal } from "./refusal";

const BOUNDARY = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i;
const PART = /^\r\n(?<head>.*?)\r\n\r\n(?<content>.*)$/s;
const NAME = /^content-disposition:\s*form-data\s*;.*\bname="(?<name>[^"]*)"/im;

export const isForm = (request: Request): boolean => Boolean(request.is("multipart/form-data"));

/**
 * Parses the body of a request as a form; a file becomes its text.
 *
 * @param contentType the header, which names the boundary between the fields
 * @throws Refusal 400 if it cannot be parsed.
 */
export function parseFormBody(contentType: string | undefined, bytes: Buffer): Record<string, string> {
  const [, quoted, plain] = BOUNDARY.exec(contentType ?? "") ?? [];
  const boundary = quoted ?? plain;
  const parts = `\r\n${textOf(bytes)}`.split(`\r\n--${boundary ?? ""}`);
  if (boundary === undefined || parts.pop()?.trimEnd() !== "--") throw malformed();
  // What stands before the first boundary belongs to no part.
  return Object.fromEntries(parts.slice(1).map(fieldOf));
}

function fieldOf(part: string): [string, string] {
  const { head = "", content } = PART.exec(part)?.groups ?? {};
  const name = NAME.exec(head)?.groups?.["name"];
  if (name === undefined || content === undefined) throw malformed();
  return [name, content];
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed();
  }
}

const malformed = (): Refusal => new Refusal(400, "malformed_form");
