import { resolve } from "node:path";
import * as fc from "fast-check";
import { parsePlace } from "../../../report-files/report-request";

const program = process.cwd();

test.each([
  ["report.pdf", "out", "out/report.pdf"],
  ["2024/report.pdf", "out", "out/2024/report.pdf"],
  ["./report.pdf", "./out/", "out/report.pdf"],
  ["a/../report.pdf", "out", "out/report.pdf"],
  ["a//b.pdf", "out", "out/a/b.pdf"],
  ["..report.pdf", "out", "out/..report.pdf"],
  ["...", "out", "out/..."],
  ["a/b/../..", "out/..", undefined],
  ["~", "out", "out/~"],
  ["%2e%2e%2fx", "out", "out/%2e%2e%2fx"],
  ["報告 – März.pdf", "out", "out/報告 – März.pdf"],
  ["shop: a.pdf", "out", "out/shop: a.pdf"],
  ["report.pdf", "/srv/out", "/srv/out/report.pdf"],
  ["report.pdf", "..", "../report.pdf"],
])("the name %p in the folder %p is at %p", (path, folder, expected) => {
  const place = () => parsePlace({ path, folder });

  if (expected === undefined) expect(place).toThrow("the name is that of a folder");
  else expect(place()).toEqual({ path: resolve(program, expected), folder: resolve(program, folder) });
});

test.each([
  ["/etc/passwd", "is an absolute path"],
  ["//server/share", "is an absolute path"],
  ["/", "ends with a separator, like the path of a folder"],
  ["..", "leads out of the folder"],
  ["../report.pdf", "leads out of the folder"],
  ["../out/report.pdf", "leads out of the folder"],
  ["a/../../report.pdf", "leads out of the folder"],
  ["./.././report.pdf", "leads out of the folder"],
  ["a//../../report.pdf", "leads out of the folder"],
  ["..\\report.pdf", "contains a backslash"],
  ["\\\\server\\share", "contains a backslash"],
  ["a\\b.pdf", "contains a backslash"],
  ["C:\\report.pdf", "contains a backslash"],
  ["C:/report.pdf", "starts with a drive"],
  ["c:report.pdf", "starts with a drive"],
  ["a/", "ends with a separator, like the path of a folder"],
  ["../", "ends with a separator, like the path of a folder"],
  [".", "is that of a folder"],
  ["a/.", "is that of a folder"],
  ["a/..", "is that of a folder"],
  ["re\nport.pdf", "contains control characters"],
  ["re\u001B[31mport.pdf", "contains control characters"],
  ["re\u007Fport.pdf", "contains control characters"],
  ["re\u009Bport.pdf", "contains control characters"],
  ["report\u202Efdp.exe", "invisible marks"],
  ["re\u2028port.pdf", "invisible marks"],
  ["re\uD800port.pdf", "invisible marks"],
])("the name %j is refused, since it %s", (path, problem) => {
  expect(() => parsePlace({ path, folder: "out" })).toThrow(
    expect.objectContaining({ code: "ARGUMENT_INVALID", message: expect.stringContaining(problem) as string }) as Error,
  );
});

test("a refusal says what was asked for, why not, and what to give, with nothing that steers a terminal", () => {
  expect(() => parsePlace({ path: "../a\u001B[2J<{%fg 1%}>", folder: "out" })).toThrow(
    /^Could not write "\.\.\/a\uFFFD\[2J\uFFFD\{%fg 1%\}>" in the folder "out": the name contains .*\. Use the name of a file below that folder, /,
  );
});

test.each<[string, { path?: unknown; folder?: unknown }, string]>([
  ["an empty path", { path: "" }, "path is empty"],
  ["an empty name", { path: "", folder: "out" }, "path is empty"],
  ["an empty folder, which is not the program's", { path: "report.pdf", folder: "" }, "folder is empty"],
  ["a path with NUL", { path: "report.pdf\0.txt" }, "path must not contain the character NUL"],
  ["a name with NUL", { path: "report.pdf\0.txt", folder: "out" }, "path must not contain the character NUL"],
  ["a folder with NUL", { path: "report.pdf", folder: "out\0" }, "folder must not contain the character NUL"],
  ["a path that is no text", { path: ["report.pdf"] }, "path must be a string"],
  ["a folder that is no text", { path: "report.pdf", folder: 5 }, "folder must be a string"],
  ["null for a path", { path: null }, "path must be a string"],
  ["a folder without a path", { folder: "out" }, "path is missing"],
  ["a path that ends in a separator", { path: "out/" }, "ends with a separator, like the path of a folder"],
])("%s is refused", (_what, given, problem) => {
  expect(() => parsePlace(given)).toThrow(
    expect.objectContaining({ code: "ARGUMENT_INVALID", message: expect.stringContaining(problem) as string }) as Error,
  );
});

test("without a folder a path may lead anywhere, and its own folder is the one named", () => {
  expect(parsePlace({ path: "../a/report.pdf" })).toEqual({
    path: resolve(program, "../a/report.pdf"),
    folder: resolve(program, "../a"),
  });
  expect(parsePlace({ path: "/srv/report.pdf" })).toEqual({ path: "/srv/report.pdf", folder: "/srv" });
});

test("without a path there is no place", () => {
  expect(parsePlace({})).toBeUndefined();
});

test("no name leads out of the folder, whatever it is made of", () => {
  const part = fc.oneof(fc.constantFrom("..", ".", "", "a", "C:", "\\", "..\\", "~", "\0", "%2e"), fc.string());
  const name = fc.array(part, { maxLength: 8 }).map((parts) => parts.join("/"));

  fc.assert(
    fc.property(name, (path) => {
      let place: { path: string } | undefined;
      try {
        place = parsePlace({ path, folder: "/srv/out" });
      } catch (error) {
        expect(error).toMatchObject({ code: "ARGUMENT_INVALID" });
        return;
      }
      expect(place?.path).toMatch(/^\/srv\/out\/[^/]/);
      expect(place?.path.split("/")).not.toContain("..");
    }),
    { numRuns: 2_000 },
  );
});
