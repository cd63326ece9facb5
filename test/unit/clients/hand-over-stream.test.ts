import { buffer } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import { createHandOver } from "@/lib/clients/hand-over-stream";

const message = Buffer.from("Subject: x\r\n\r\nhello\r\n");

describe("createHandOver", () => {
  it("gives the whole message once, and fails every reading after that", async () => {
    const onHandOver = vi.fn(async () => {});
    const handOver = createHandOver(message, onHandOver);
    expect(await buffer(handOver.open())).toEqual(message);
    expect(handOver.isHandedOver()).toBe(true);
    await expect(buffer(handOver.open())).rejects.toThrow("not sent again");
    expect(onHandOver).toHaveBeenCalledTimes(1);
  });

  it("opens again while nothing was read", async () => {
    const handOver = createHandOver(message, async () => {});
    handOver.open().destroy();
    expect(await buffer(handOver.open())).toEqual(message);
  });

  it("does not give the last piece when it is stopped during the recording", async () => {
    const handOver = createHandOver(message, async () => handOver.stop());
    await expect(buffer(handOver.open())).rejects.toThrow("before the mail was complete");
    expect(handOver.isHandedOver()).toBe(false);
  });

  it("does not give the last piece when the recording fails", async () => {
    const handOver = createHandOver(message, () => Promise.reject(new Error("no database")));
    await expect(buffer(handOver.open())).rejects.toThrow("no database");
    expect(handOver.isHandedOver()).toBe(false);
  });
});
