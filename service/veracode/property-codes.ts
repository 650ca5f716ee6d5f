import type { ProjectProperty } from "../rules";

interface Cause {
  property: ProjectProperty;
  remedy: string;
}

const ADDRESS = "set it to an address that the service reaches from the internet, such as https://shop.example.com";
const PUBLIC_NAME = `the service scans only public host names: ${ADDRESS}`;
const LOWER_CASE = "write it in lower case";

/** What the service's codes say about a project's properties. */
const CAUSES: Readonly<Record<string, Cause>> = {
  TARGET_NAME_NOT_UNIQUE: { property: "name", remedy: "choose one that no other target of the organisation has" },
  PROTOCOL_IN_TARGET_URL: { property: "url", remedy: "remove the second protocol" },
  TARGET_URL_NOT_LOWERCASE: { property: "url", remedy: LOWER_CASE },
  LOCALHOST_NOT_SUPPORTED_TARGET_URL: { property: "url", remedy: PUBLIC_NAME },
  PRIVATE_IP_NOT_SUPPORTED_TARGET_URL: { property: "url", remedy: PUBLIC_NAME },
  IPV6_NOT_SUPPORTED_TARGET_URL: { property: "url", remedy: PUBLIC_NAME },
  USER_INFO_DETECTED_TARGET_URL: { property: "url", remedy: "remove the user name and the password" },
  TARGET_LIMIT_EXCEEDED: {
    property: "name",
    remedy: "the organisation has as many targets as it may: delete some, or ask Veracode for more",
  },
  INVALID_TEAM_COUNT: { property: "teamId", remedy: "set it to one team" },
  TEAM_UNAUTHORIZED: {
    property: "teamId",
    remedy: "set it to a team that the credentials' user is a member of",
  },
  INVALID_SEC_LEAD_PERMISSIONS: {
    property: "teamId",
    remedy: "set it to a team: only a security lead may create a target without one",
  },
  API_SPEC_URL_REQUIRED: { property: "apiSpecification", remedy: "set it to the address of the API's specification" },
  DEPRECATED_SCAN_TYPE: { property: "scanType", remedy: "set it to quick or enterprise" },
};

/** Families of codes; the first that matches counts. */
const FAMILIES: readonly [RegExp, Cause][] = [
  [/^PORT_INVALID_/, { property: "url", remedy: "set its port to one from 1 to 65535" }],
  [/^TOP_LEVEL_DOMAIN_INVALID_/, { property: "url", remedy: PUBLIC_NAME }],
  [/TARGET_URL/, { property: "url", remedy: ADDRESS }],
  [
    /^API_SPEC_/,
    {
      property: "apiSpecification",
      remedy: "check that it is an OpenAPI document, or the address of one or of a HAR file",
    },
  ],
];

/** Returns what to do about codes, by the properties that they are about; undefined where none is known. */
export function propertyRemedyOf(codes: readonly string[]): string | undefined {
  const remedies = codes.flatMap((code) => {
    if (code === "ORGANIZATION_FORBIDDEN") return ["The organisation has no DAST Essentials: ask Veracode for it."];
    const cause = causeOf(code);
    return cause === undefined ? [] : [`Check ${cause.property}: ${cause.remedy}.`];
  });
  return remedies.length === 0 ? undefined : [...new Set(remedies)].join(" ");
}

const causeOf = (code: string): Cause | undefined =>
  CAUSES[code] ?? FAMILIES.find(([family]) => family.test(code))?.[1];
