import { FindingHolder } from "../../../findings/gate/held-finding";
import { JunitReading } from "../../../findings/junit";
import { FindingsReading } from "../../../findings/report-reading";
import { reachableBytes } from "../../fixtures/reachable-bytes";

const PIECE_LENGTH = 64 * 1024;
const PIECES = 256;
/** What is held of 256 findings and names is less than that; one part of each piece that is no copy would hold 16 MiB. */
const MOST_BYTES = 4 * 1024 * 1024;

const filler = (text: string): string => `${text}${"x".repeat(PIECE_LENGTH - text.length)}`;
const digits = (at: number): string => String(at).padStart(16, "0");
const METHOD = "ABCDEFGHIJKLMNOPQRST";

interface Reading {
  write: (piece: string) => void;
  end: () => unknown;
}

interface Shape {
  begin: () => Reading;
  head: string;
  piece: (at: number) => string;
  tail: string;
}

const holder = (): FindingHolder => new FindingHolder();
const json = (piece: Shape["piece"]): Shape => ({
  begin: () => new FindingsReading(holder()),
  head: '{"findings":{"xss":[{}',
  piece,
  tail: "]}}",
});
const found = (information: string): string => `,${JSON.stringify({ information })}`;
const xml = (piece: Shape["piece"], hold?: FindingHolder["hold"]): Shape => ({
  begin: () => new JunitReading(hold),
  head: "<testsuites>",
  piece,
  tail: "</testsuites>",
});

const SHAPES: Readonly<Record<string, Shape>> = {
  "lists of JSON": json((at) => `${found(filler(""))}],"scanner-${digits(at)}":[{}`),
  "methods of a sentence": json((at) =>
    found(filler(`Found XSS with method "${METHOD}" for parameter "p" on "http://a.b/${at}" `)),
  ),
  "paths of a sentence": json((at) =>
    found(filler(`Found XSS with method "GET" for parameter "p" on "http://a.b/${digits(at)}" `)),
  ),
  "parameters of a sentence": json((at) =>
    found(filler(`Found XSS with method "GET" for parameter "${digits(at)}" on "http://a.b/" `)),
  ),
  "sentences as titles": json((at) => found(filler(digits(at)))),
  slugs: json((at) => `,${JSON.stringify({ finding_description_slug: digits(at), more: filler("") })}`),
  "scanners of XML": xml(
    (at) => `<testcase classname="scanner-${digits(at)}.a"><system-out>${filler("")}</system-out></testcase>`,
  ),
  "failures of XML": xml(
    (at) =>
      `<testcase classname="scanner-${digits(at)}.a"><failure message="${digits(at)}">${filler(digits(at))}</failure></testcase>`,
    holder().hold,
  ),
  "CVEs of XML": xml(
    (at) =>
      `<testcase classname="cve.a" name="CVE-2020-${digits(at)}"><failure message="it">${filler("")}</failure></testcase>`,
    holder().hold,
  ),
};

test.each(Object.entries(SHAPES))("what is held of a report does not hold its text: %s", (_what, shape) => {
  const reading = shape.begin();
  const before = reachableBytes();
  let most = 0;
  /** Fresh pieces, as they come from the network: of a literal nobody holds a part. */
  const write = (text: string): void => {
    reading.write(Buffer.from(text).toString("latin1"));
  };

  write(shape.head);
  for (let at = 0; at < PIECES; at += 1) {
    write(shape.piece(at));
    if (at % 64 === 63) most = Math.max(most, reachableBytes());
  }
  write(shape.tail);
  const report = reading.end();
  most = Math.max(most, reachableBytes());

  expect(report).toBeDefined();
  expect(most - before).toBeLessThan(MOST_BYTES);
});
