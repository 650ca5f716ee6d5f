import { readStatus } from "../client/status-codes";
import { unexpectedAnswer } from "../http/errors";
import type { ScanStatus } from "../scan-status";
import { dataOf, outcomeOf } from "./answers";
import type { Api, ApiRequest } from "./api";

/** Requests a status, by project or by webhook; undefined where the service itself says that there is no such scan. */
export async function retrieveStatus(
  api: Api,
  request: ApiRequest & { parameters: { scanId: string } },
): Promise<ScanStatus | undefined> {
  const { slugs, statusCodes } = api.options;
  const answer = await api.exchange(request);
  if (!answer.ok) {
    const absent = [slugs.scanNotFound, slugs.projectNotFound, slugs.webhookNotFound];
    outcomeOf(
      answer,
      absent.map((slug) => ({ status: 404, slug, outcome: "absent" })),
    );
    return undefined;
  }
  const status = readStatus(dataOf(answer), request.parameters.scanId, statusCodes);
  if (status !== undefined) return status;
  throw unexpectedAnswer(answer.attempt, "JSON without a whole number in `data.status.status_code`");
}
