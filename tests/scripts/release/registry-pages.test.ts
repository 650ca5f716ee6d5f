import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { environmentVariableOf, SETTING_NAMES } from "../../../service/settings/settings";

const ROOT = resolve(__dirname, "../../..");
const PAGES = ["docs/_index.md", "docs/installation-configuration.md"] as const;
const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml"];
const read = (page: string): string => readFileSync(join(ROOT, page), "utf8");

test.each(PAGES)("%s has the form of the registry, and a program in each language", (page) => {
  const text = read(page);
  const chosen = [
    ...text.matchAll(/\{\{% choosable language (\w+) %\}\}\n\n```(\w+)\n[^]*?\n```\n\n\{\{% \/choosable %\}\}/g),
  ];

  expect(text).toMatch(/^---\ntitle: .+\nmeta_desc: .+\nlayout: package\n---\n/);
  expect(text).toContain(`{{< chooser language "${LANGUAGES.join()}" >}}`);
  expect(text).toContain("{{< /chooser >}}");
  expect(chosen.map(([, language]) => language)).toEqual(LANGUAGES);
  expect(chosen.map(([, , tag]) => tag)).toEqual(LANGUAGES);
});

test("the page on configuration has each setting with its variable", () => {
  const text = read("docs/installation-configuration.md");

  for (const name of SETTING_NAMES) {
    expect(text).toContain(`\`${name}\``);
    expect(text).toContain(`\`${environmentVariableOf(name)}\``);
  }
});

test("the pages name the packages and the version that there are", () => {
  const text = read("docs/installation-configuration.md");
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const { language } = JSON.parse(read("schemas/schema.json")) as { language: Record<string, Record<string, string>> };

  expect(new Set(text.match(/\d+\.\d+\.\d+(?=[\s`-]|$)/g))).toEqual(new Set(["20.18.1", version]));
  const names = [
    language["nodejs"]?.["packageName"],
    language["python"]?.["packageName"],
    language["go"]?.["importBasePath"],
  ];
  for (const name of names) expect(text).toContain(`\`${name ?? "?"}\``);
});
