import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A real socket for services to post to; what arrives is handed to `send`, which calls the routes. */
export async function startWebhookFront(
  send: (
    target: string,
    sent: { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> },
  ) => Promise<{ status: number; body: unknown }>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === "string" && !/^(connection|content-length|host)$/.test(entry[0]),
      ),
    );
    const body = new Uint8Array(Buffer.concat(chunks));
    const answer = await send(request.url ?? "/", { body, headers });
    response.writeHead(answer.status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
