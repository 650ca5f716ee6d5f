import { dynamicProvider } from "./engine/dynamic-provider";
import { scanLifecycle } from "./lifecycle/scan";
import { createScanService } from "./service";

/** The entry that the states of users name: this file's name and its exports are for ever. */
const { configure, check, diff, create, read, update, delete: del } = dynamicProvider(scanLifecycle, createScanService);
export { configure, check, diff, create, read, update, del as delete };
