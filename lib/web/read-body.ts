/** A stream of the web is iterable in Node, which its type does not say. */
export type RequestBody = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | null;

export type ReadBody = { kind: "whole"; bytes: Buffer } | { kind: "too_large" };

/**
 * Reads a body of at most `limit` bytes, counted while it comes in: a length that the sender states
 * proves nothing. Stops reading at the first byte too many. Throws when the sender breaks off.
 */
export async function readBody(
  request: Pick<Request, "headers"> & { body: RequestBody },
  limit: number,
): Promise<ReadBody> {
  const stated = Number(request.headers.get("content-length") ?? "0");
  if (stated > limit) return { kind: "too_large" };
  if (!request.body) return { kind: "whole", bytes: Buffer.alloc(0) };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > limit) return { kind: "too_large" };
    chunks.push(chunk);
  }
  return { kind: "whole", bytes: Buffer.concat(chunks, size) };
}
