import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployed } from "./stack/deployed";
import { TestService } from "./stack/service";

const SECRETS = ["basic-s3cret-1", "form-s3cret-2", "header-s3cret-3", "cookie-s3cret-4"];
const LOGIN = `{
  basic: { username: "ann", password: "${SECRETS[0]}" },
  form: { url: "http://127.0.0.1:9/login", username: "ann", password: "${SECRETS[1]}" },
  headers: [{ name: "x-token", value: "${SECRETS[2]}" }],
  cookies: [{ name: "session", value: "${SECRETS[3]}" }],
}`;

const program = (settings: string): string => `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [1], ${settings} });
exports.scanId = scan.scanId;
`;

const DOCUMENT = "openapi: 3.0.3\npaths:\n  /orders: { get: { responses: {} } }\n";

test("a login and a document reach the service with the start, and no password or value is in plain in state or output", async () => {
  const service = await TestService.start({ default: { durationSeconds: 3600 } });
  const stack = await deployed(
    service,
    program(`login: ${LOGIN}, apiSpecification: { inline: ${JSON.stringify(DOCUMENT)} }`),
  );
  const state = stack.readState();

  const same = await stack.well("preview", "--diff", "--expect-no-changes");
  stack.write(
    program(
      `login: { basic: { username: "eve", password: "new-s3cret-5" } }, apiSpecification: { inline: ${JSON.stringify(DOCUMENT)} }`,
    ),
  );
  const otherLogin = await stack.well("preview", "--diff", "--expect-no-changes");
  writeFileSync(join(stack.folder, "api.yaml"), DOCUMENT.replace("orders", "items"));
  stack.write(
    program(`login: { basic: { username: "eve", password: "new-s3cret-5" } }, apiSpecification: { file: "api.yaml" }`),
  );
  const otherDocument = await stack.well("preview", "--diff", "--save-plan", "plan.json");
  await stack.well("up", "--yes", "--skip-preview", "--plan", "plan.json");

  expect(otherDocument).toContain("apiSpecification changed");
  const plan = readFileSync(join(stack.folder, "plan.json"), "utf8");
  const everything = [state, same, otherLogin, otherDocument, plan, stack.readState()].join("\n");
  for (const secret of [...SECRETS, "new-s3cret-5"]) expect(everything).not.toContain(secret);
  expect(state).toContain('"loginKinds"');
  expect(state).not.toContain("/orders");
  const starts = (await service.requests()).filter(({ path }) => path.endsWith("/scans"));
  expect(starts.map(({ body }) => Object.keys(body as object).sort())).toEqual([
    ["application_authentication", "parameter_authentication", "specs", "system_authentication"],
    ["application_authentication", "parameter_authentication", "specs", "system_authentication"],
  ]);
});
