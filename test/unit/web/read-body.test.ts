import { expect, test } from "vitest";
import { readBody } from "@/lib/web/read-body";

function streamed(chunks: number[], onCancel = () => {}) {
  let index = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = chunks[index++];
      if (size === undefined) controller.close();
      else controller.enqueue(new Uint8Array(size));
    },
    cancel: onCancel,
  });
  return { body, headers: new Headers() } as Request;
}

test("a body up to the limit is read whole", async () => {
  const read = await readBody(streamed([4, 0, 6]), 10);
  expect(read).toEqual({ kind: "whole", bytes: Buffer.alloc(10) });
  expect(await readBody({ body: null, headers: new Headers() } as Request, 10)).toEqual({
    kind: "whole",
    bytes: Buffer.alloc(0),
  });
});

test("reading stops at the first byte too many, and the sender is told to stop", async () => {
  let cancelled = false;
  const request = streamed([6, 5, 100, 100], () => {
    cancelled = true;
  });
  expect(await readBody(request, 10)).toEqual({ kind: "too_large" });
  expect(cancelled).toBe(true);
});

test("a stated length over the limit is believed, one below it is not", async () => {
  const stated = (length: string) =>
    ({ ...streamed([6, 6]), headers: new Headers({ "content-length": length }) }) as Request;
  expect(await readBody(stated("11"), 10)).toEqual({ kind: "too_large" });
  expect(await readBody(stated("1"), 10)).toEqual({ kind: "too_large" });
});
