import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { version } from "../../../package.json";
import { PluginClient, urnOf } from "./plugin-client";

let plugin: PluginClient;
let engine: string;
const addresses: string[] = [];

beforeEach(async () => {
  addresses.length = 0;
  ({ client: plugin, engine } = await PluginClient.detached(addresses));
});

afterEach(() => {
  plugin.close();
});

const SCAN = urnOf("Scan", "nightly");

/** Makes the plugin say something on a row. */
const announce = async (): Promise<void> => {
  await plugin.configure();
  await plugin.create(SCAN, { projectId: "7" }, true);
};

test("the plugin says which version it is", async () => {
  const info = await plugin.call<PluginInfo>((done) => plugin.client.getPluginInfo(new Empty(), done));

  expect(info.getVersion()).toBe(version);
});

test("without an engine the messages are lost, and no call fails", async () => {
  await announce();

  expect(plugin.rows).toEqual([]);
});

test("an engine that attaches gets the messages, and is watched", async () => {
  await plugin.call<Empty>((done) => plugin.client.attach(new PluginAttach().setAddress(engine), done));
  await announce();

  expect([addresses, plugin.textsOn(SCAN)]).toEqual([[engine], ["a scan will start"]]);
});

test("an engine that begins with a handshake learns what the plugin takes", async () => {
  const request = new messages.ProviderHandshakeRequest().setEngineAddress(engine);

  const response = await plugin.call<messages.ProviderHandshakeResponse>((done) =>
    plugin.client.handshake(request, done),
  );
  await announce();

  expect(response.toObject()).toMatchObject({ acceptSecrets: true, acceptResources: true, acceptOutputs: true });
  expect([addresses, plugin.textsOn(SCAN)]).toEqual([[engine], ["a scan will start"]]);
});

test("an engine that goes away while a message is sent does not hold the call up", async () => {
  await plugin.call<Empty>((done) => plugin.client.attach(new PluginAttach().setAddress("127.0.0.1:1"), done));
  await announce();

  expect(plugin.rows).toEqual([]);
});

test("a call before the configuration is refused, and one that the plugin does not have is unimplemented", async () => {
  await expect(plugin.check(SCAN, {})).rejects.toMatchObject({ details: "the engine has not configured the provider" });

  const parameterize = plugin.call((done) => plugin.client.parameterize(new messages.ParameterizeRequest(), done));
  await expect(parameterize).rejects.toMatchObject({ code: 12 });
});
