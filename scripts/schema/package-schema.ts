import { readPublished, type Published } from "../release/published";
import type { PackageSpec } from "./package-spec";
import { componentOf, functionOf, providerOf, resourceOf } from "./resources";
import { readSources, type Sources } from "./sources";
import { API_SPECIFICATION, VERDICT } from "./table";
import { TypeTranslator } from "./types";

const token = (name: string): string => `crashtest:index:${name}`;

/** Makes the schema of the package from the sources' types and docstrings. */
export function packageSchema(sources: Sources = readSources(), published: Published = readPublished()): PackageSpec {
  const translator = new TypeTranslator(sources);
  const provider = providerOf(sources, translator);
  const resources = {
    [token("Project")]: resourceOf(sources, translator, "Project"),
    [token("Scan")]: resourceOf(sources, translator, "Scan"),
    [token("ScanGate")]: componentOf(sources, translator, "ScanGate"),
    [token("Verdict")]: VERDICT,
  };
  const functions = Object.fromEntries(
    ["getFindings", "getReport", "getScanStatus"].map((name) => [token(name), functionOf(sources, translator, name)]),
  );
  const types = { ...translator.types, [token("ApiSpecification")]: API_SPECIFICATION };
  return {
    ...identityOf(published),
    meta: { moduleFormat: "(.*)" },
    language: languagesOf(published),
    config: { variables: provider.inputProperties ?? {} },
    types: Object.fromEntries(Object.entries(types).sort(([one], [other]) => (one < other ? -1 : 1))),
    provider,
    resources,
    functions,
  };
}

function identityOf({
  version,
  description,
  license,
  keywords,
  organisation,
  repository,
  pluginDownloadUrl,
}: Published) {
  return {
    name: "crashtest",
    version,
    displayName: "Crashtest Security",
    description,
    keywords: [...keywords.filter((keyword) => keyword !== "pulumi"), "pulumi", "kind/native"],
    homepage: `https://${repository}`,
    license,
    attribution: "Not made or endorsed by Crashtest Security, Veracode or Pulumi.",
    repository: `https://${repository}`,
    logoUrl: `https://${repository}/raw/main/docs/images/logo.png`,
    pluginDownloadURL: pluginDownloadUrl,
    publisher: organisation,
    namespace: organisation,
  };
}

/** The names that programs import, in each language. */
const languagesOf = ({ repository, organisation }: Published): PackageSpec["language"] => ({
  nodejs: { packageName: `@${organisation}/crashtest`, respectSchemaVersion: true },
  python: { packageName: "pulumi_crashtest", respectSchemaVersion: true, pyproject: { enabled: true } },
  go: {
    importBasePath: `${repository}/sdk/go/crashtest`,
    generateResourceContainerTypes: true,
    respectSchemaVersion: true,
  },
  csharp: { rootNamespace: "Pulumi", respectSchemaVersion: true },
  java: { basePackage: "com.pulumi", buildFiles: "gradle" },
});
