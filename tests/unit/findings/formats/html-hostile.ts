import { parseFindings, type FindingsReport } from "../../../../findings";
import type { FormatContext } from "../../../../findings/formats/presented-finding";

/** What each script of it would do: set this global, and tell, where the test listens. */
export const RAN = "ranFromAFinding";
const RUN = `globalThis.${RAN}=true;globalThis.tellTrouble?.('ran')`;
/** Where no one listens; a request to it would be seen. */
const ELSEWHERE = "http://127.0.0.1:9";

/** Texts that want to become more than text. */
export const HOSTILE_TEXTS = [
  `<script>${RUN}</script>`,
  `"><img src=x onerror="${RUN}">`,
  `'><svg onload='${RUN}'>`,
  `" autofocus tabindex="0" onfocus="${RUN}" onmouseover="${RUN}" x="`,
  `</title></style></pre></details></article></main><script>${RUN}</script><h1>`,
  `} * { display: none !important; background: url(${ELSEWHERE}/css) } </style><style>@import "${ELSEWHERE}/css";`,
  `<base href="${ELSEWHERE}/"><meta http-equiv="refresh" content="0;url=${ELSEWHERE}/">`,
  `<link rel="stylesheet" href="${ELSEWHERE}/css"><iframe srcdoc="<script>${RUN}</script>"></iframe><form action="${ELSEWHERE}">`,
  `\${${RUN}} {{constructor.constructor("${RUN}")()}} <%= 1 %> &lt;b&gt; &#60;b&#62;`,
  `<!-- ]]> <![CDATA[ <?xml ?> --!> <plaintext>`,
  `javascript:${RUN}`,
  `<a href="javascript:${RUN}" style="position:fixed;inset:0">all</a>`,
];
const UNPRINTABLE = "\u202Egnp.exe\u202C \u001B[31mred\u0007 \u0000\u2028\uD800 <{%fg 1%}>";
const LONG_WORD = "W".repeat(4000);

const wireFinding = (text: string, slug: string): object => ({
  finding_description_slug: slug,
  information: `${text} ${UNPRINTABLE} ${LONG_WORD}`,
  details: {
    request: {
      has_findings: true,
      ...{ method: "GET", url: `https://shop.example/${text}`, parameter: text + LONG_WORD },
      headers: { [text]: text, Cookie: "session=let-me-in", "X-Long": LONG_WORD },
      body: text,
    },
  },
  cve_findings: [{ cve_id: text, cvss: 9.9, information: text }],
});

const wireDescription = (text: string, index: number): object => ({
  slug: text,
  title: `${text} ${UNPRINTABLE} ${index % 2 === 0 ? LONG_WORD : ""}`,
  baseScore: index % 11,
  description: `${text}\n${LONG_WORD}`,
  how_to_fix: `${text}\n${text}`,
  reference_owasp: [
    `javascript:${RUN}`,
    `data:text/html,<script>${RUN}</script>`,
    `https://a.example/"onclick="${RUN}`,
  ][index % 3],
  reference_resolution: `https://${"w".repeat(60)}.example/${LONG_WORD.slice(0, 1500)}`,
});

/** A report whose every text is hostile, in each place in turn. */
export const HOSTILE: FindingsReport = parseFindings({
  scanners: ["xss", ...HOSTILE_TEXTS.map((text) => `${text} of old`)],
  findings: {
    xss: HOSTILE_TEXTS.map((text) => wireFinding(text, text)),
    ...Object.fromEntries(HOSTILE_TEXTS.map((text) => [text, [wireFinding(text, "")]])),
  },
  descriptions: HOSTILE_TEXTS.map(wireDescription),
});

export const HOSTILE_CONTEXT: FormatContext = {
  projectId: HOSTILE_TEXTS.join(""),
  scanId: UNPRINTABLE + LONG_WORD,
  baseline: HOSTILE_TEXTS,
};
