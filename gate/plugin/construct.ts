import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { plainLines } from "../../errors/plain-text";
import type { Values } from "../../provider/lifecycle/lifecycle";
import { decode, encode } from "../../provider/wire/properties";
import type { GateRow } from "../host/ports";
import { runKind } from "../host/run-kind";
import type { GateCall } from "./gate-call";
import { readGateInputs } from "./gate-inputs";
import { runGate } from "./gate-run";
import { connectMonitor } from "./monitor";
import { hasSecretProject } from "./scan-target";

/**
 * Constructs a `crashtest:index:ScanGate`: registers its component at once, so that its row shows the wait, then its child with
 * the verdict, and answers with its outputs.
 *
 * @throws GateClosed in a deployment that the gate holds back: nothing that depends on it is registered
 * @throws CrashtestError `ARGUMENT_INVALID` for inputs that name no scan, or two, and for an invalid ID
 */
export async function constructGate(call: GateCall): Promise<ConstructResponse> {
  const { request, signal } = call;
  const given = readGateInputs(decode(request.getInputs()), scanIdSources(request));
  const inputs = { ...given, isSecret: given.isSecret || hasSecretProject(given.target, call.scans) };
  const monitor = connectMonitor(request, signal);
  try {
    const urn = await monitor.registerGate();
    const isTakingDown = runKind("plugin") === "takeDown";
    const row = rowOf(urn, call.log);
    const outputs = await runGate(inputs, { ...call, urn, row, monitor, isPreview: request.getDryrun(), isTakingDown });
    signal.throwIfAborted();
    await monitor.registerOutputs(urn, outputs);
    return new ConstructResponse()
      .setUrn(urn)
      .setState(encode({ ...outputs, ...insteadOfReferences(request, outputs) }));
  } finally {
    monitor.close();
  }
}

/** Returns the URNs of the resources that `scanId` comes from. */
const scanIdSources = (request: ConstructRequest): readonly string[] =>
  request.getInputdependenciesMap().get("scanId")?.getUrnsList() ?? [];

/**
 * Returns values for the inputs that are references. The SDK for Python takes an input that is no output for one, and looks up
 * the resource that it refers to by a function of the engine, which no saved plan expects.
 */
const insteadOfReferences = (request: ConstructRequest, { scanId }: Values): Values =>
  request.getInputs()?.getFieldsMap().has("scan") === true ? { scan: scanId } : {};

const rowOf = (urn: string, log: GateCall["log"]): GateRow => ({
  say: (how, text) => {
    log.say(how === "warn" ? "warning" : how, urn, plainLines(text));
  },
  sayEphemeral: (text) => {
    log.say("info", urn, plainLines(text), true);
  },
  showTable: (table) => {
    log.say("info", urn, table);
  },
});
