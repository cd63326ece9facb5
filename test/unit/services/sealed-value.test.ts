import { expect, test } from "vitest";
import { sealValue, unsealValue } from "@/lib/services/access/sealed-value";

const key = { secretKey: "a secret key" };
const value = { token: "the-token-of-marta", endsAt: 12 };

test("a sealed value is read here, and by nobody else", () => {
  const text = sealValue(key, "one", value);
  expect(unsealValue(key, "one", text)).toEqual(value);
  expect(text).not.toContain("token");
  expect(Buffer.from(text, "base64url").toString("latin1")).not.toContain("marta");
  expect(unsealValue({ secretKey: "another" }, "one", text)).toBeNull();
  expect(unsealValue(key, "two", text)).toBeNull();
});

test("each is another text, and none is read when a sign of it changed", () => {
  const text = sealValue(key, "one", value);
  expect(sealValue(key, "one", value)).not.toBe(text);
  const bytes = Buffer.from(text, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unsealValue(key, "one", changed.toString("base64url")), `byte ${at}`).toBeNull();
  }
  expect(unsealValue(key, "one", "")).toBeNull();
  expect(unsealValue(key, "one", text.slice(0, 20))).toBeNull();
});

test("without a key nothing is sealed", () => {
  expect(() => sealValue({ secretKey: "" }, "one", value)).toThrow(/APP_SECRET_KEY/);
});
