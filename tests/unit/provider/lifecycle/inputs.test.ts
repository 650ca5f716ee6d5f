import { InputReader } from "../../../../provider/lifecycle/inputs";
import { InvalidInput, parseId, parseTargetUrl, parseText } from "../../../../service/input-parsers";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";

describe("parseId", () => {
  test.each([
    [42, "42"],
    ["42", "42"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  ])("holds %p as digits", (value, held) => {
    expect(parseId(value)).toBe(held);
  });

  test.each([
    0,
    -1,
    1.5,
    1e21,
    Number.NaN,
    "",
    "0",
    "042",
    " 42",
    "4 2",
    "+42",
    "0x2a",
    "x",
    "9007199254740993",
    true,
    {},
    [],
  ])("refuses %p", (value) => {
    expect(() => parseId(value)).toThrow(new InvalidInput("must be a positive whole number, such as 42"));
  });
});

describe("parseTargetUrl", () => {
  test.each(["https://shop.example", "http://shop.example:8080/a?b#c", "http://127.0.0.1"])("takes %s", (url) => {
    expect(parseTargetUrl(url)).toBe(url);
  });

  test.each(["", "shop.example", "/shop", "ftp://shop.example", "javascript:alert(1)", 7, {}])("refuses %p", (url) => {
    expect(() => parseTargetUrl(url)).toThrow("must be an address such as https://shop.example.com");
  });

  test.each(["https://me:pass@shop.example", "https://me@shop.example"])("refuses the credentials of %s", (url) => {
    expect(() => parseTargetUrl(url)).toThrow(new InvalidInput("must not contain a user name or password"));
  });

  test("takes 2048 characters and no more", () => {
    const longest = `https://shop.example/${"x".repeat(2_048 - 21)}`;

    expect(parseTargetUrl(longest)).toBe(longest);
    expect(() => parseTargetUrl(`${longest}x`)).toThrow("at most 2048");
  });
});

describe("parseText", () => {
  test.each(["a", "abc"])("takes %p", (text) => {
    expect(parseText(3)(text)).toBe(text);
  });

  test.each(["", "  ", "abcd", 7, null])("refuses %p", (text) => {
    expect(() => parseText(3)(text)).toThrow("must be a text of 1 to 3 characters");
  });
});

describe("InputReader", () => {
  test("lets an unknown value pass, also where it is required", () => {
    const reader = new InputReader({ id: UNKNOWN });

    reader.require("id", parseId, "must be set");

    expect(reader).toMatchObject({ inputs: { id: UNKNOWN }, failures: [] });
  });

  test.each([{}, { id: undefined }, { id: null }])("takes %j for absent", (given) => {
    const reader = new InputReader(given);

    reader.require("id", parseId, "must be set");

    expect(reader).toMatchObject({ inputs: {}, failures: [{ property: "id", reason: "must be set" }] });
  });

  test("puts a default in place of what is absent", () => {
    const reader = new InputReader({});

    reader.take("type", parseText(9), "webapp");

    expect(reader.inputs).toEqual({ type: "webapp" });
  });

  test("passes an error on that is none of an input", () => {
    const broken = (): never => {
      throw new RangeError("a bug");
    };

    expect(() => {
      new InputReader({ id: 1 }).take("id", broken);
    }).toThrow(RangeError);
  });
});
