import fc from "fast-check";
import { lastingText } from "../../../findings/fingerprint";

test("any payload and any host leave the same text", () => {
  const host = fc.domain();
  const seen = (name: string, payload: string) =>
    lastingText(
      `Found a hole on site ${name}/a. The field 'q' of https://${name}/b is weak for payload '${payload}'`,
      name,
    );
  fc.assert(
    fc.property(host, fc.string({ unit: "binary" }), (name, payload) => {
      expect(seen(name, payload)).toBe("Found a hole on site /a. The field 'q' of /b is weak for");
    }),
  );
});
