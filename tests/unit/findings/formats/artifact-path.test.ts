import { artifactPathOf } from "../../../../findings/formats/sarif-results";

test.each<[path: string | undefined, uri: string]>([
  ["/items", "items"],
  ["/items/", "items"],
  ["/a/b.php", "a/b.php"],
  [undefined, "website"],
  ["", "website"],
  ["/", "website"],
  ["//", "website"],
  ["/.", "website"],
  ["/fi/.", "fi"],
  ["/a/../../etc/passwd", "a/etc/passwd"],
  ["/..", "website"],
  ["/a/%2e%2e/b", "a/b"],
  ["/a/..%2f..%2Fb", "a/b"],
  ["/a\\..\\..\\b", "a/b"],
  ["/a/..%5c..%5Cb", "a/b"],
  ["/a/.. /b", "a/b"],
  ["/a/.../b", "a/b"],
  ["/a/..b/c..", "a/..b/c.."],
  ["/a/%252e%252e/b", "a/%252e%252e/b"],
  ["//evil.example/x", "evil.example/x"],
  ["/http://evil.example/x", "http_/evil.example/x"],
  ["http://evil.example/x", "http_/evil.example/x"],
  ["/a:b/c:d", "a_b/c%3Ad"],
  ["/1:2", "1%3A2"],
  ["/a b/ü", "a%20b/%C3%BC"],
  ["/a?b#c", "a%3Fb%23c"],
  ["/100%/x", "100%25/x"],
  ["/a|b^[c]", "a%7Cb%5E%5Bc%5D"],
  ["/a%00%1B[31m%0d%0a", "a%EF%BF%BD%EF%BF%BD%5B31m%EF%BF%BD%EF%BF%BD"],
  ["/\uD800", "%EF%BF%BD"],
])("the path %j is %j", (path, uri) => {
  expect(artifactPathOf(path)).toBe(uri);
});

test.each(["\u{1F6AA}", "a\u{1F6AA}"])("a very long path is cut between characters, and stays the same", (unit) => {
  const uri = artifactPathOf(`/${unit.repeat(1000)}`);

  expect(Array.from(decodeURIComponent(uri)).length).toBeLessThan(500);
  expect(decodeURIComponent(uri)).not.toContain("\uFFFD");
  expect(artifactPathOf(`/${unit.repeat(2000)}`)).toBe(uri);
});
