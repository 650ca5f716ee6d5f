import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiIdProblem, apiKeyProblem } from "../veracode/credentials";
import { CONFIG_NAMESPACE, environmentVariableOf, setText, type SettingSources } from "./sources";

/** The credentials of Veracode, as they are set. */
export interface CredentialSettings {
  /**
   * Only Veracode: the API ID, with or without the prefix of its region. Both halves of the credentials come from the same place:
   * from here, else from `VERACODE_API_KEY_ID` and `VERACODE_API_KEY_SECRET`, else from the vendor's file `~/.veracode/credentials`.
   */
  veracodeApiId: string;
  /** Only Veracode: the API secret key, with or without the prefix of its region. It must be a secret. */
  veracodeApiKey: string;
}

const PROFILE_VARIABLE = "VERACODE_API_PROFILE";
const DEFAULT_PROFILE = "default";
/** The file of the vendor's own tools. */
const FILE = join(".veracode", "credentials");

/** One place that may have both halves of the credentials. */
interface Place {
  id: string | undefined;
  key: string | undefined;
  idName: string;
  keyName: string;
}

/**
 * Reads the credentials of Veracode: from the configuration, else from the environment, else from the vendor's file. The first
 * place that has a half must have both: halves of two places are not combined.
 */
export function readCredentials(sources: SettingSources): {
  credentials?: CredentialSettings;
  problems: readonly string[];
} {
  for (const place of [fromConfig(sources), fromEnvironment(sources)]) {
    if (place.id !== undefined || place.key !== undefined) return checked(place);
  }
  const file = fromFile(sources);
  return "problem" in file ? { problems: [file.problem] } : checked(file);
}

function checked({ id, key, idName, keyName }: Place): {
  credentials?: CredentialSettings;
  problems: readonly string[];
} {
  if (id === undefined && key === undefined) return { problems: [] };
  if (id === undefined)
    return { problems: [`${idName} is missing, but ${keyName} is set: both must come from one place`] };
  if (key === undefined)
    return { problems: [`${keyName} is missing, but ${idName} is set: both must come from one place`] };
  // ASSUMED: an API ID has exactly 32 hexadecimal digits.
  const found = [
    [idName, apiIdProblem(id)],
    [keyName, apiKeyProblem(key)],
  ] as const;
  const problems = found.flatMap(([name, problem]) => (problem === undefined ? [] : [`${name} ${problem}`]));
  return problems.length > 0 ? { problems } : { credentials: { veracodeApiId: id, veracodeApiKey: key }, problems };
}

const fromConfig = ({ config }: SettingSources): Place => ({
  id: setText(config("veracodeApiId")),
  key: setText(config("veracodeApiKey")),
  idName: `${CONFIG_NAMESPACE}:veracodeApiId`,
  keyName: `${CONFIG_NAMESPACE}:veracodeApiKey`,
});

function fromEnvironment({ environment }: SettingSources): Place {
  const [idName, keyName] = [environmentVariableOf("veracodeApiId"), environmentVariableOf("veracodeApiKey")];
  return { id: setText(environment[idName]), key: setText(environment[keyName]), idName, keyName };
}

function fromFile({ environment }: SettingSources): Place | { problem: string } {
  const chosen = setText(environment[PROFILE_VARIABLE]);
  const profile = chosen ?? DEFAULT_PROFILE;
  const shown = join("~", FILE);
  const where = `in the profile ${profile} of ${shown}`;
  const { text, errorCode } = readVendorFile(environment["HOME"] ?? environment["USERPROFILE"]);
  if (errorCode !== undefined) return { problem: `${shown} cannot be read (${errorCode})` };
  const section = text === undefined ? undefined : sectionOf(text, profile);
  if (section === undefined && chosen !== undefined) {
    return { problem: `${PROFILE_VARIABLE} names the profile ${chosen}, which is not in ${shown}` };
  }
  return {
    id: setText(section?.get("veracode_api_key_id")),
    key: setText(section?.get("veracode_api_key_secret")),
    idName: `veracode_api_key_id ${where}`,
    keyName: `veracode_api_key_secret ${where}`,
  };
}

/** Neither member is set where there is no file. */
function readVendorFile(home: string | undefined): { text?: string; errorCode?: string } {
  if (home === undefined || home === "") return {};
  try {
    return { text: readFileSync(join(home, FILE), "utf8") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? {} : { errorCode: String(code) };
  }
}

/** Returns the members of one section of an INI file, their names in lower case; undefined where there is no such section. */
export function sectionOf(text: string, name: string): ReadonlyMap<string, string> | undefined {
  let section: Map<string, string> | undefined;
  let isInside = false;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const header = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (header !== undefined) {
      isInside = header.trim() === name;
      if (isInside) section ??= new Map();
      continue;
    }
    const [, key, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (isInside && key !== undefined && value !== undefined) section?.set(key.toLowerCase(), value.trim());
  }
  return section;
}
