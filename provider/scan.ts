import { connectOrRefuse } from "../service/settings/connect";
import { dynamicProvider } from "./dynamic/dynamic-provider";
import { scanLifecycle } from "./lifecycle/scan";

// The states of users name this entry: the name of this file and its exports never change.
const provider = dynamicProvider(scanLifecycle, connectOrRefuse);
export const { configure, check, diff, create, read, update } = provider;
const { delete: del } = provider;
export { del as delete };
