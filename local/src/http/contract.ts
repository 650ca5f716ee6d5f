import { join } from "node:path";
import type { Request, RequestHandler } from "express";
import { middleware } from "express-openapi-validator";
import type { Api } from "./api";

/** The contracts are at the same relative path for the sources and for the built files, where the build copies them. */
const CONTRACT_FOLDER = join(__dirname, "..", "..", "..", "contract");

export const contractPath = ({ contractFile }: Pick<Api, "contractFile">): string =>
  join(CONTRACT_FOLDER, contractFile);

/** What the contract says about the operation of a request. */
export interface ContractOperation {
  operationId: string;
  hasRequestBody: boolean;
  /** Whether it needs an API key. */
  takesKey: boolean;
  pathParams: Readonly<Record<string, string>>;
  /** Whether the contract documents this status, apart from `default`. */
  namesStatus(status: number): boolean;
  /** The media types that an answer with this status may have. */
  answerTypes(status: number): readonly string[];
}

interface ResponseSchema {
  content?: Readonly<Record<string, unknown>>;
  $ref?: string;
}

interface RequestMetadata {
  pathParams: Readonly<Record<string, string>>;
  schema: {
    operationId: string;
    requestBody?: unknown;
    security?: readonly unknown[];
    responses: Readonly<Record<string, ResponseSchema>>;
  };
}

/** Creates the handlers that validate requests and JSON answers against the contract. */
export function contractValidation(api: Api): RequestHandler[] {
  const authenticated = (request: Request): boolean => api.authenticate(request).id > 0;
  return middleware({
    apiSpec: contractPath(api),
    $refParser: { mode: "dereference" },
    validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
    validateResponses: true,
    validateSecurity: { handlers: Object.fromEntries(api.securitySchemes.map((scheme) => [scheme, authenticated])) },
    fileUploader: false,
  });
}

/** Returns the operation of a request that the validator accepted; undefined if there is none. */
export function operationOf(request: Request): ContractOperation | undefined {
  const metadata = (request as { openapi?: RequestMetadata }).openapi;
  if (metadata === undefined) return undefined;
  const { schema, pathParams } = metadata;
  return {
    operationId: schema.operationId,
    hasRequestBody:
      typeof schema.requestBody === "object" && schema.requestBody !== null && "content" in schema.requestBody,
    takesKey: schema.security?.length !== 0,
    pathParams,
    namesStatus: (status) => Object.hasOwn(schema.responses, String(status)),
    answerTypes: (status) => {
      const response = schema.responses[String(status)] ?? schema.responses["default"];
      return Object.keys(response?.content ?? {});
    },
  };
}
