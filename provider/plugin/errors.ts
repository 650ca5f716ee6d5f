import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { plainTable, truncated } from "../../errors/plain-text";
import { redactor } from "../../errors/redact";
import type { Values } from "../lifecycle/lifecycle";
import { encode } from "../wire/properties";

/** A resource that exists but is unfinished: the engine keeps it, and updates it the next time in any case. */
export class UnfinishedResource extends Error {
  constructor(
    readonly id: string,
    /** Its outputs, with marks of secrets. */
    readonly state: Values,
    cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

/** A status is part of the headers, which HTTP/2 limits to 64 KiB; there a character takes up to nine bytes. */
const LONGEST_MESSAGE = 6_000;

/** Returns what the engine is told of an error: its message, safe to print, without secrets and without a stack. */
export function statusOf(error: unknown, secrets: readonly (string | undefined)[]): StatusObject {
  const message = error instanceof Error ? error.message : String(error);
  const details = truncated(redactor(secrets)(plainTable(message)), LONGEST_MESSAGE);
  const metadata = error instanceof UnfinishedResource ? initFailure(error, details) : new Metadata();
  return { code: status.UNKNOWN, details, metadata };
}

/** Inputs are left out: the engine keeps those of the last deployment, and they may exceed the limit of a status. */
function initFailure({ id, state }: UnfinishedResource, reason: string): Metadata {
  const failure = new ErrorResourceInitFailed().setId(id).setProperties(encode(state)).setReasonsList([reason]);
  const packed = new Any();
  packed.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status().setCode(status.UNKNOWN).setMessage(reason).setDetailsList([packed]);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return metadata;
}
