import { createSign, generateKeyPairSync } from "node:crypto";

/** A certificate in PEM and its private key. */
export interface Certificate {
  cert: string;
  key: string;
}

const tlv = (tag: number, ...contents: Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const length =
    content.length < 128
      ? Buffer.from([content.length])
      : Buffer.from([0x82, content.length >> 8, content.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
};
const sequence = (...items: Buffer[]): Buffer => tlv(0x30, ...items);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, "hex"));
const utcTime = (time: Date): Buffer =>
  tlv(
    0x17,
    Buffer.from(
      `${time
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2, 14)}Z`,
    ),
  );

/** Object identifiers, in the order: ecdsa-with-SHA256, common name, subject alternative name, basic constraints. */
const [ECDSA_SHA256, COMMON_NAME, ALT_NAME, CONSTRAINTS] = ["2a8648ce3d040302", "550403", "551d11", "551d13"].map(
  oid,
) as [Buffer, Buffer, Buffer, Buffer];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A self-signed certificate for 127.0.0.1 and localhost, made by Node alone, good from yesterday until tomorrow. */
export function selfSignedCertificate(now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(tlv(0x31, sequence(COMMON_NAME, tlv(0x0c, Buffer.from("localhost")))));
  const altNames = sequence(tlv(0x87, Buffer.from([127, 0, 0, 1])), tlv(0x82, Buffer.from("localhost")));
  const isAuthority = sequence(tlv(0x01, Buffer.from([255])));
  const toBeSigned = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    sequence(ECDSA_SHA256),
    name,
    sequence(utcTime(new Date(now.getTime() - DAY_MS)), utcTime(new Date(now.getTime() + DAY_MS))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(sequence(ALT_NAME, tlv(0x04, altNames)), sequence(CONSTRAINTS, tlv(0x04, isAuthority)))),
  );
  const signature = createSign("sha256").update(toBeSigned).sign(privateKey);
  const der = sequence(toBeSigned, sequence(ECDSA_SHA256), tlv(0x03, Buffer.from([0]), signature));
  const lines = der.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
