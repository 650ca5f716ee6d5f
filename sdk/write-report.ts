import type { CrashtestClient } from "../provider/client";
import { writeContent } from "./report-content";
import { writeAtomically } from "./report-file";
import { makeFolderOf } from "./report-folder";
import type { ReportPlace } from "./report-place";
import type { ReportRequest } from "./report-request";

/**
 * Writes a report to its place, whose folder is made if it is missing. That stays where there is no report then.
 *
 * @returns the bytes written
 * @throws what `makeFolderOf`, `writeAtomically` and `writeContent` throw
 */
export async function writeReport(
  client: CrashtestClient,
  request: ReportRequest,
  place: ReportPlace,
): Promise<number> {
  await makeFolderOf(place);
  return writeAtomically(place.path, (file) => writeContent(client, request, file), place.folder);
}
