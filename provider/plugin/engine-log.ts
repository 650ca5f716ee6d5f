import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import { plainTable } from "../../errors/plain-text";

/** Loaded with the first message only. */
const load = createRequire(__filename);

/** Shows messages on the rows of resources, by the engine's own log. */
export class EngineLog {
  #address: string | undefined;
  #client: EngineGrpc.EngineClient | undefined;
  readonly #underWay = new Set<Promise<void>>();

  /** @param address where the engine listens; undefined where it is not known yet: then messages are lost */
  constructor(address: string | undefined) {
    this.#address = address;
  }

  /** Takes the address that an engine gives later; an empty one says nothing. */
  attach(address: string): void {
    if (address === "" || address === this.#address) return;
    this.close();
    this.#address = address;
  }

  /**
   * @param urn the resource on whose row it is shown; empty: that of the stack
   * @param text may be a table of findings, with its colours
   * @param isEphemeral whether the next such text replaces it
   */
  say(how: "info" | "warning", urn: string, text: string, isEphemeral = false): void {
    const sent = this.#send(how, urn, text, isEphemeral);
    this.#underWay.add(sent);
    void sent.then(() => this.#underWay.delete(sent));
  }

  /** Waits until the engine has all messages: after the answer to its last call it takes no more. */
  async flush(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  /** Never rejects: a message that is lost is no reason to fail. */
  #send(how: "info" | "warning", urn: string, text: string, isEphemeral: boolean): Promise<void> {
    const client = this.#connect();
    if (client === undefined) return Promise.resolve();
    const { LogRequest, LogSeverity } = load("@pulumi/pulumi/proto/engine_pb") as typeof EngineMessages;
    const request = new LogRequest()
      .setSeverity(how === "info" ? LogSeverity.INFO : LogSeverity.WARNING)
      .setMessage(plainTable(text))
      .setUrn(urn)
      .setEphemeral(isEphemeral);
    return new Promise((resolve) => {
      client.log(request, () => {
        resolve();
      });
    });
  }

  #connect(): EngineGrpc.EngineClient | undefined {
    if (this.#client !== undefined || this.#address === undefined) return this.#client;
    const { credentials } = load("@grpc/grpc-js") as typeof Grpc;
    const { EngineClient } = load("@pulumi/pulumi/proto/engine_grpc_pb") as typeof EngineGrpc;
    this.#client = new EngineClient(this.#address, credentials.createInsecure());
    return this.#client;
  }
}
