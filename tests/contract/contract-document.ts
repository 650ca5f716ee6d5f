import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";

export const DOCUMENT_PATH = resolve(__dirname, "../../contract/openapi.yaml");
export const VERACODE_DOCUMENT_PATH = resolve(__dirname, "../../contract/veracode.yaml");

/** An operation as the contract has it. */
export interface ContractOperation {
  id: string;
  method: string;
  /** With its placeholders. */
  path: string;
  /** The statuses that it names, its `default` apart. */
  statuses: number[];
  takesKey: boolean;
}

interface OperationObject {
  operationId: string;
  responses: Record<string, unknown>;
  security?: unknown[];
}

export interface ContractDocument {
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, unknown>>;
}

const METHODS = new Set(["get", "put", "post", "delete", "patch", "head", "options", "trace"]);

export const readContract = (path = DOCUMENT_PATH): ContractDocument =>
  parse(readFileSync(path, "utf8")) as ContractDocument;

/** Every operation of a contract. */
export function contractOperations(documentPath = DOCUMENT_PATH): ContractOperation[] {
  return Object.entries(readContract(documentPath).paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, value]) => {
        const { operationId, responses, security } = value as OperationObject;
        const statuses = Object.keys(responses)
          .filter((status) => status !== "default")
          .map(Number);
        return { id: operationId, method: method.toUpperCase(), path, statuses, takesKey: security?.length !== 0 };
      }),
  );
}
