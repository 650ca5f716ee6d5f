/**
 * The rooms of the sources, and what each may import from beside itself. Knowledge goes one way: a room stands above all that it
 * names here, so that there is no circle. What is in no list of a room is refused there, with the room's reason.
 */
export const ROOMS = {
  cli: {
    knows: ["report-files", "gate/rules", "provider/dynamic", "service", "service/settings", "findings", "errors"],
    why: "The command stands on the package, without Pulumi: reports, the rules of a gate, and the port of the service.",
  },
  sdk: {
    knows: [
      "gate/program",
      "gate/host",
      "gate/rules",
      "report-files",
      "program",
      "provider/dynamic",
      "provider/lifecycle",
      "service",
      "findings",
      "errors",
    ],
    why: "The resources of a program know gates, reports and the port of the service; never who speaks to one.",
  },
  "gate/program": {
    knows: [
      "gate/host",
      "gate/wait",
      "gate/rules",
      "program",
      "provider/host",
      "provider/dynamic",
      "service",
      "findings",
      "errors",
    ],
    why: "The program's side of a gate: outputs and registrations over gate/host; its rules are in gate/rules.",
  },
  "report-files": {
    knows: ["findings", "service", "errors"],
    why: "A report as a file: no Pulumi, no gate.",
  },
  program: {
    knows: ["provider/dynamic", "service", "service/settings", "errors"],
    why: "What all resources of a program need of the run that they are in.",
  },
  provider: {
    knows: ["provider/dynamic", "provider/lifecycle", "gate/child", "service/settings"],
    why: "The entries that states name: each puts a lifecycle and its host together.",
  },
  "provider/dynamic": {
    knows: ["provider/host", "provider/lifecycle", "service", "service/settings", "errors"],
    why: "A host of the lifecycles: it alone knows the contract of dynamic providers.",
  },
  "provider/plugin": {
    knows: [
      "provider/host",
      "provider/wire",
      "provider/lifecycle",
      "gate/plugin",
      "gate/child",
      "report-files",
      "service",
      "service/settings",
      "findings",
      "errors",
    ],
    why: "A host of the lifecycles: it alone answers the protocol of plugins, without the SDK.",
  },
  "provider/wire": {
    knows: ["provider/lifecycle"],
    why: "Values as they are in the engine's protocol: what both sides of the plugin, resources and gate, send and receive.",
  },
  "provider/host": {
    knows: ["provider/lifecycle", "service", "service/http", "errors"],
    why: "What all hosts of the lifecycles share: it gives them their ports, and ends with the engine.",
  },
  "gate/child": {
    knows: ["gate/rules", "provider/lifecycle", "findings", "service", "errors"],
    why: "The gate's child is a lifecycle over the rules of a gate: no Pulumi, no HTTP.",
  },
  "provider/lifecycle": {
    knows: ["service", "errors"],
    why: "Lifecycles know the port of a service: no HTTP, no Pulumi, no spelling of an API.",
  },
  "gate/plugin": {
    knows: [
      "gate/host",
      "gate/wait",
      "gate/rules",
      "provider/dynamic",
      "provider/lifecycle",
      "provider/wire",
      "service",
      "findings",
      "errors",
    ],
    why: "The plugin's side of a gate: inputs and registrations by the engine's protocol over gate/host; no SDK.",
  },
  "gate/host": {
    knows: ["gate/wait", "gate/rules", "service", "findings", "errors"],
    why: "What a program and the plugin share as hosts of a gate: no Pulumi, no globals of one of them.",
  },
  "gate/wait": {
    knows: ["gate/rules", "service", "findings", "errors"],
    why: "The wait of a gate runs over ports: no Pulumi, no HTTP, no clock of its own.",
  },
  "gate/rules": {
    knows: ["findings", "service", "errors"],
    why: "The rules of a gate are pure: no network, no engine.",
  },
  "service/settings": {
    knows: ["service", "service/client", "service/crashtest", "service/veracode", "errors"],
    why: "The composition root: settings become a client, and the client the port.",
  },
  "service/veracode": {
    knows: ["service", "service/client", "service/http", "contract", "errors"],
    why: "One service: its routes, nouns and words, over service/http.",
  },
  "service/crashtest": {
    knows: ["service", "service/client", "service/http", "contract", "errors"],
    why: "One service: its routes, nouns and words, over service/http.",
  },
  "service/client": {
    knows: ["service", "service/http", "errors"],
    why: "What the clients of all services share: options, identity, reports; the words of none.",
  },
  "service/http": { knows: ["errors"], why: "Requests and answers over undici: no service, no Pulumi." },
  service: { knows: ["errors"], why: "The port of a scanning service, and its types: nobody who speaks to one." },
  findings: {
    knows: ["service", "errors"],
    why: "Findings are pure: no network, no engine, nobody who speaks to a service.",
  },
  errors: { knows: [], why: "Errors and safe text know nobody." },
  local: {
    knows: ["contract", "findings", "errors"],
    why: "The local service knows the contract and the findings, never the package's own rooms.",
  },
};

const OTHERS = ["contract"];

/** The folders that the package's sources are in. */
export const PACKAGE_FOLDERS = [...new Set(Object.keys(ROOMS).map((room) => room.split("/")[0]))].filter(
  (folder) => folder !== "local",
);

/** The files of a room, without those of the rooms in its folder. */
const filesOf = (room) =>
  Object.keys(ROOMS).some((other) => other.startsWith(`${room}/`)) ? `./${room}/*.ts` : `./${room}/**/*.ts`;

/** For import-x/no-restricted-paths. */
export const zones = Object.entries(ROOMS).flatMap(([room, { knows, why }]) =>
  [...Object.keys(ROOMS), ...OTHERS]
    .filter((other) => other !== room && !knows.includes(other))
    .map((other) => ({ target: filesOf(room), from: filesOf(other), message: why })),
);
