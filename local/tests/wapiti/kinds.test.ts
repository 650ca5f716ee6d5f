import { createWapitiScanner } from "../../src/scanners/wapiti";
import { startHoleySite } from "./holey-site";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "./real";
import { LOOPBACK } from "./scanning";

jest.setTimeout(REAL_TIMEOUT_MS);

describeReal("a real scan of a site with holes of many kinds", () => {
  it("finds each of them, under its scanner, with a score", async () => {
    const site = await startHoleySite();
    const scanner = await createWapitiScanner({ cacheDir: CACHE_DIR });
    const outcome = await scanner.start(
      { scanId: 1, projectId: 1, target: site.url, addresses: LOOPBACK },
      () => undefined,
    ).ended;
    await site.close();

    expect(outcome).toMatchObject({ state: "finished", errors: [] });
    const found = Object.entries(outcome.findings).flatMap(([scannerName, list]) =>
      list.map(({ finding_description_slug: slug, details }) =>
        [scannerName, slug, new URL(details?.request?.url ?? "").pathname].join(" "),
      ),
    );
    for (const hole of [
      "xss stored-xss /guestbook",
      "commandinjection command-injection /cgi-bin/status",
      "xxe xxe /feed",
      "csrf csrf /guestbook",
      "fuzzer ldap-injection /people",
      "fuzzer open-redirect /go",
      "fuzzer crlf-injection /language",
      "fuzzer unrestricted-file-upload /upload",
      "fuzzer fuzzer /page.php.bak",
      "ssl ssl-content-security-policy /",
      "ssl ssl-x-frame-options /",
      "ssl ssl-x-content-type-options /",
      "ssl ssl-cookie-httponly /",
      "ssl ssl-cookie-secure /",
    ]) {
      expect(found).toContain(hole);
    }
    expect(found.some((hole) => hole.endsWith("internal-server-error /age"))).toBe(true);
    expect(outcome.descriptions.filter(({ baseScore }) => baseScore === undefined)).toEqual([]);
  });
});
