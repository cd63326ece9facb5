import { Readable } from "node:stream";

export type HandOver = {
  /** One reading of the message; nothing is read before the server asks for it. */
  open: () => Readable;
  /** Whether the last piece of the message was given to the connection. */
  isHandedOver: () => boolean;
  /** Stops a reading that is still under way: what was not given yet never will be. */
  stop: () => void;
};

/**
 * A message that cannot be completed unnoticed: `onHandOver` is awaited before the last piece goes
 * to the connection, so the server never holds a whole message that was not recorded first. When it
 * rejects, the reading fails and the message stays unfinished. After the hand-over the message
 * cannot be opened again, so nothing can send it a second time.
 */
export function createHandOver(message: Buffer, onHandOver: () => Promise<void>): HandOver {
  let state: "open" | "handedOver" | "stopped" = "open";
  async function* pieces(): AsyncGenerator<Buffer> {
    const last = message.length - 1;
    if (last > 0) yield message.subarray(0, last);
    await onHandOver();
    if (state !== "open") throw new Error("The conversation ended before the mail was complete");
    state = "handedOver";
    yield message.subarray(last);
  }
  return {
    open() {
      if (state !== "open") {
        return Readable.from(failing());
      }
      // The pieces one by one: read ahead, the hand-over would be recorded while the first piece
      // still waits for the server.
      return Readable.from(pieces(), { objectMode: false, highWaterMark: 1 });
    },
    isHandedOver: () => state === "handedOver",
    stop() {
      if (state === "open") state = "stopped";
    },
  };
}

// biome-ignore lint/correctness/useYield: a stream that fails at its first reading
async function* failing(): AsyncGenerator<Buffer> {
  throw new Error("The mail was handed over before and is not sent again");
}
