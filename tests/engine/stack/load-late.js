"use strict";
/**
 * Loaded into program and provider before the engine's SDK, which takes most of the time of either: what of the SDK only the
 * serialization of a program's functions, the Automation API and tracing need is loaded when it is first used, and what only
 * makes stacks readable is left out. Tests of installations go without this.
 */
const Module = require("node:module");

const SDK = /[/\\]@pulumi[/\\]pulumi[/\\]/;
const LATE = /^(?:typescript|@npmcli\/arborist|normalize-package-data|\.\/automation|@opentelemetry\/(?!api$).*)$/;
const INSTEAD = new Map([
  /** Looks up the place in TypeScript for each line of each stack. */
  ["source-map-support/register", {}],
  /** Turns the inspector on at the start, which slows down all that is compiled; whoever needs it waits for it later too. */
  ["../../runtime/closure/v8Hooks", { isInitializedAsync: () => Promise.resolve() }],
]);

const load = Module._load;

/** Stands for a module that is loaded by the first look at what it has. */
function late(loadNow) {
  let loaded;
  const module = () => (loaded ??= loadNow());
  return new Proxy(
    {},
    {
      // What TypeScript's own imports ask before anything else, so that they take the module as it is.
      get: (_target, name) => name === "__esModule" || module()[name],
      has: (_target, name) => name in module(),
    },
  );
}

Module._load = function (request, parent, ...rest) {
  const loadNow = () => load.call(this, request, parent, ...rest);
  if (!SDK.test(parent?.filename ?? "")) return loadNow();
  if (INSTEAD.has(request)) return INSTEAD.get(request);
  if (!LATE.test(request)) return loadNow();
  Module._resolveFilename(request, parent); // fails at once where it is missing, as a look-up does
  return late(loadNow);
};
