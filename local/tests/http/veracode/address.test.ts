import { causesAgainst } from "../../../src/http/veracode/address";
import { TestService } from "../../service/test-service";
import { codesOf, REST, TARGET, VeracodeService } from "./veracode-service";

afterEach(() => TestService.closeAll());

const codes = (address: string, allowLocal = false): string[] =>
  causesAgainst(address, { allowLocal }).map(({ code }) => code);

test.each<[string, string[]]>([
  ["shop.example.com", []],
  ["shop.example.com:8443/a/b?c=d", []],
  ["xn--bcher-kva.example/", []],
  ["https://shop.example.com", ["PROTOCOL_IN_TARGET_URL"]],
  ["HTTP://shop.example.com", ["PROTOCOL_IN_TARGET_URL"]],
  ["Shop.example.com", ["TARGET_URL_NOT_LOWERCASE"]],
  ["user:word@shop.example.com", ["USER_INFO_DETECTED_TARGET_URL"]],
  ["shop.example.com:0", ["PORT_INVALID_TARGET_URL"]],
  ["shop.example.com:99999", ["PORT_INVALID_TARGET_URL"]],
  ["shop.example.com:", ["PORT_INVALID_TARGET_URL"]],
  ["localhost:3000", ["LOCALHOST_NOT_SUPPORTED_TARGET_URL"]],
  ["127.0.0.1:3000", ["LOCALHOST_NOT_SUPPORTED_TARGET_URL"]],
  ["10.1.2.3", ["PRIVATE_IP_NOT_SUPPORTED_TARGET_URL"]],
  ["172.16.0.1/x", ["PRIVATE_IP_NOT_SUPPORTED_TARGET_URL"]],
  ["192.168.0.1", ["PRIVATE_IP_NOT_SUPPORTED_TARGET_URL"]],
  ["8.8.8.8", ["TOP_LEVEL_DOMAIN_INVALID_TARGET_URL"]],
  ["[::1]:3000", ["IPV6_NOT_SUPPORTED_TARGET_URL"]],
  ["2001:db8::1", ["IPV6_NOT_SUPPORTED_TARGET_URL"]],
  ["shop", ["TOP_LEVEL_DOMAIN_INVALID_TARGET_URL"]],
  ["a b.example.com", ["INVALID_TARGET_URL"]],
  [
    "U@Localhost:0",
    [
      "TARGET_URL_NOT_LOWERCASE",
      "USER_INFO_DETECTED_TARGET_URL",
      "PORT_INVALID_TARGET_URL",
      "LOCALHOST_NOT_SUPPORTED_TARGET_URL",
    ],
  ],
])("the address %s: %j", (address, expected) => {
  expect(codes(address)).toEqual(expected);
});

test.each(["localhost:3000", "127.0.0.1", "10.1.2.3:80", "8.8.8.8", "[::1]:3000"])(
  "%s is allowed by the switch, and by nothing else",
  async (url) => {
    const [strict, open] = [await VeracodeService.start(), await VeracodeService.start({ allowLocalTargets: true })];
    const send = (service: VeracodeService): ReturnType<VeracodeService["send"]> =>
      service.send("POST", `${REST}/targets`, { body: { ...TARGET, protocol: "HTTP", url } });

    const [rejected, accepted] = [await send(strict), await send(open)];

    expect([rejected.status, codesOf(rejected)]).toEqual([400, codes(url)]);
    expect(codes(url)).toHaveLength(1);
    expect([accepted.status, accepted.json]).toMatchObject([201, { protocol: "HTTP", url }]);
  },
);

test("the switch allows nothing else that the real service rejects", () => {
  expect(codes("shop", true)).toEqual(["TOP_LEVEL_DOMAIN_INVALID_TARGET_URL"]);
  expect(codes("http://localhost", true)).toEqual(["PROTOCOL_IN_TARGET_URL"]);
  expect(codes("localhost:0", true)).toEqual(["PORT_INVALID_TARGET_URL"]);
});
