import type { GateCall } from "../../gate/plugin/gate-call";
import { ConfigurationError } from "../../errors/errors";
import { plainLines } from "../../errors/plain-text";
import type { ScanningService } from "../../service/service";
import {
  readSettings,
  secretsOf,
  settingText,
  settingWarnings,
  type SettingSources,
} from "../../service/settings/settings";
import { createContext } from "../host/context";
import type { LifecycleContext, Values } from "../lifecycle/lifecycle";
import { connectProvider, plainKeysIn, sourcesOf } from "./configuration";
import type { EngineLog } from "./engine-log";
import type { ResourceCall } from "./resource-kind";
import { RunRecord } from "./run-record";
import { parseUrn } from "../wire/urn";

/** A provider instance: what the engine has configured. */
interface Configured {
  sources: SettingSources;
  service: ScanningService;
  context: LifecycleContext;
  teamId: string | undefined;
  plainKeys: readonly string[];
}

/** What the calls of the protocol share: the engine starts a process for each provider instance of a run. */
export class Plugin {
  readonly log: EngineLog;
  readonly environment: SettingSources["environment"];
  #record = new RunRecord();
  readonly #cancelled: () => AbortSignal;
  #configured: Configured | undefined;
  /** The provider's URN, from whichever call has it. */
  #urn = "";

  /** @param cancelled gives what is aborted when all waits of the run must end */
  constructor(log: EngineLog, environment: SettingSources["environment"], cancelled: () => AbortSignal) {
    this.log = log;
    this.environment = environment;
    this.#cancelled = cancelled;
  }

  /** Records which provider this is, for engines that do not say it when they configure it. */
  noteUrn(urn: string | undefined): void {
    if (urn !== undefined && urn !== "") this.#urn = urn;
  }

  /** @param inputs those of the provider, with marks of secrets */
  configure(inputs: Values): void {
    const sources = sourcesOf(inputs, this.environment);
    const service = connectProvider(this.#urn, sources);
    for (const warning of settingWarnings(readSettings(sources).settings)) this.log.say("warning", "", warning);
    const messages = { tell: () => undefined, warn: () => undefined };
    const context = createContext(service, messages);
    // A plugin to which engines attach serves run after run.
    this.#record = new RunRecord();
    this.#configured = {
      sources,
      service,
      context,
      teamId: settingText("teamId", sources),
      plainKeys: plainKeysIn(inputs),
    };
  }

  /**
   * Refuses a key that was given as plain text. Only what a program asks for is refused: what is in the state can be read again and deleted.
   *
   * @throws ConfigurationError
   */
  refusePlainKeys(): void {
    const { plainKeys } = this.#required();
    if (plainKeys.length > 0) throw new ConfigurationError(plainKeys);
  }

  /** What no text may contain; empty before the configuration. */
  get secrets(): readonly (string | undefined)[] {
    return this.#configured === undefined ? [] : secretsOf(this.#configured.sources);
  }

  get service(): ScanningService {
    return this.#required().service;
  }

  /** The scans that this run has checked. */
  get scans(): GateCall["scans"] {
    return this.#record.scans;
  }

  /** Returns what a call about a resource needs; what its lifecycle says is shown on its row. */
  callFor(urn: string): ResourceCall {
    const { context, teamId } = this.#required();
    const messages = {
      tell: (text: string) => {
        this.log.say("info", urn, plainLines(text));
      },
      warn: (text: string) => {
        this.log.say("warning", urn, plainLines(text));
      },
    };
    const signal = this.#cancelled();
    return { urn, parts: parseUrn(urn), context: { ...context, ...messages, signal }, teamId, record: this.#record };
  }

  /**
   * Returns what is aborted on Ctrl-C, and when the engine gives up a call.
   *
   * @param given that of the call
   */
  signalFor(given: AbortSignal): AbortSignal {
    return AbortSignal.any([given, this.#cancelled()]);
  }

  #required(): Configured {
    if (this.#configured === undefined) throw new Error("the engine has not configured the provider");
    return this.#configured;
  }
}
