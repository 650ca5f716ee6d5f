import { retrieveFindings } from "../../report-files/findings-report";
import { fetchReport } from "../../report-files/fetch-report";
import { retrieveScanStatus } from "../../report-files/report-content";
import type { ReportArgs } from "../../report-files/report-request";
import { parseScanReference, type ScanReference } from "../../service/scan-reference";
import type { ScanningService } from "../../service/service";
import type { Values } from "../lifecycle/lifecycle";
import { Asset } from "../wire/properties";

/** A function of the plugin. Its arguments are checked at run time: a program may give anything. */
type PluginFunction = (service: ScanningService, args: Values, isPreview: boolean) => Promise<object>;

const FUNCTIONS: Readonly<Record<string, PluginFunction>> = {
  "crashtest:index:getScanStatus": (service, args) =>
    retrieveScanStatus(service, referenceIn("getScanStatus", service, args)),
  "crashtest:index:getFindings": (service, args) =>
    retrieveFindings(service, referenceIn("getFindings", service, args)),
  "crashtest:index:getReport": async (service, args, isPreview) => {
    const { writtenPath, ...report } = await fetchReport(service, args as unknown as ReportArgs, isPreview);
    return { ...report, asset: new Asset({ path: writtenPath }) };
  },
};

const referenceIn = (functionName: string, { rules }: ScanningService, args: Values) =>
  parseScanReference(functionName, args as unknown as ScanReference, rules);

/** Calls a function by its token. A preview writes no file that the program asks for. */
export function callFunction(
  token: string,
  service: ScanningService,
  args: Values,
  isPreview: boolean,
): Promise<object> {
  const called = FUNCTIONS[token];
  return called === undefined
    ? Promise.reject(new Error(`unknown function ${token}`))
    : called(service, args, isPreview);
}
