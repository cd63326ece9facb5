import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { Config } from "../load-config";

type Key = Pick<Config, "secretKey">;

const ivLength = 12;
const tagLength = 16;

/**
 * A value as a text that only this installation can read or make, for something a browser keeps and must not know.
 * `purpose` tells values apart: one made for another purpose is not read.
 */
export function sealValue(key: Key, purpose: string, value: unknown): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv("aes-256-gcm", keyFor(key, purpose), iv);
  const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** What was sealed; null when the text was not made here, for this purpose, and untouched since. */
export function unsealValue(key: Key, purpose: string, text: string): unknown {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length <= ivLength + tagLength) return null;
  try {
    const iv = bytes.subarray(0, ivLength);
    const decipher = createDecipheriv("aes-256-gcm", keyFor(key, purpose), iv, {
      authTagLength: tagLength,
    });
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    const body = decipher.update(bytes.subarray(ivLength + tagLength));
    return JSON.parse(Buffer.concat([body, decipher.final()]).toString("utf8"));
  } catch {
    return null;
  }
}

function keyFor({ secretKey }: Key, purpose: string): Buffer {
  if (secretKey === "") throw new AppError("not_configured", "APP_SECRET_KEY is missing");
  return Buffer.from(hkdfSync("sha256", secretKey, "", `sealed:${purpose}`, 32));
}
