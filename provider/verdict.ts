import { dynamicProvider } from "./engine/dynamic-provider";
import { verdictLifecycle } from "./lifecycle/verdict";
import { createScanService } from "./service";

/** The entry that the states of users name: this file's name and its exports are for ever. */
const {
  configure,
  check,
  diff,
  create,
  read,
  update,
  delete: del,
} = dynamicProvider(verdictLifecycle, createScanService);
export { configure, check, diff, create, read, update, del as delete };
