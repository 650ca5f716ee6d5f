import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { version } from "../../../package.json";
import { PluginClient, urnOf } from "./plugin-client";

let plugin: PluginClient;
let engine: string;

beforeEach(async () => {
  ({ client: plugin, engine } = await PluginClient.detached());
});

afterEach(() => {
  plugin.close();
});

const SCAN = urnOf("Scan", "nightly");

const attach = (address: string): Promise<Empty> =>
  plugin.call((done) => plugin.client.attach(new PluginAttach().setAddress(address), done));

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

test("an engine that attaches gets the messages", async () => {
  await attach(engine);
  await announce();

  expect(plugin.textsOn(SCAN)).toEqual(["a scan will start"]);
});

test("an engine that attaches after one that has cancelled its run gets answers", async () => {
  const ask = () => plugin.invoke("getScanStatus", { projectId: "7", scanId: "31" });
  await attach(engine);
  await plugin.configure();
  await plugin.call<Empty>((done) => plugin.client.cancel(new Empty(), done));
  await expect(ask()).rejects.toMatchObject({ details: expect.stringMatching(/^interrupted: /) as string });

  await attach(engine);
  await plugin.configure();

  await expect(ask()).rejects.toMatchObject({ details: expect.stringContaining("the API key is missing") as string });
});

test("an engine that begins with a handshake learns what the plugin takes", async () => {
  const request = new messages.ProviderHandshakeRequest().setEngineAddress(engine);

  const response = await plugin.call<messages.ProviderHandshakeResponse>((done) =>
    plugin.client.handshake(request, done),
  );
  await announce();

  expect(response.toObject()).toMatchObject({ acceptSecrets: true, acceptResources: true, acceptOutputs: true });
  expect(plugin.textsOn(SCAN)).toEqual(["a scan will start"]);
});

test("an engine that goes away while a message is sent does not hold the call up", async () => {
  await attach("127.0.0.1:1");
  await announce();

  expect(plugin.rows).toEqual([]);
});

test("a call before the configuration is refused, and one that the plugin does not have is unimplemented", async () => {
  await expect(plugin.check(SCAN, {})).rejects.toMatchObject({ details: "the engine has not configured the provider" });

  const parameterize = plugin.call((done) => plugin.client.parameterize(new messages.ParameterizeRequest(), done));
  await expect(parameterize).rejects.toMatchObject({ code: 12 });
});
