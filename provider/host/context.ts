import { readAddress } from "../../service/http/read-address";
import type { ScanningService } from "../../service/service";
import type { LifecycleContext } from "../lifecycle/lifecycle";

/** How a host tells the user what a lifecycle says. */
export type Messages = Pick<LifecycleContext, "tell" | "warn">;

/** Gives the lifecycles of one process their ports. */
export const createContext = (service: ScanningService, messages: Messages): LifecycleContext => ({
  service,
  ...messages,
  now: () => new Date(),
  readAddress: (address, maxBytes) => readAddress(address, { maxBytes }),
  specifications: new Map(),
});
