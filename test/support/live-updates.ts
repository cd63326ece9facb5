import http from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Opens the stream of live updates at `port` and gives what arrives first after `cause`, or null when nothing does
 * within `patienceMs`: a proxy that buffers would keep it back.
 */
export async function firstLiveUpdate(
  request: { port: number; from?: string; host?: string; cause: () => Promise<unknown> },
  patienceMs = 5_000,
): Promise<string | null> {
  const { port, from = "127.0.0.1", host = `127.0.0.1:${port}`, cause } = request;
  const asked = http.get({
    ...{ host: "127.0.0.1", port, path: "/api/events", localAddress: from, agent: false },
    headers: { Host: host },
  });
  try {
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      asked.once("response", resolve);
      asked.once("error", reject);
    });
    let text = "";
    answer.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      // Again and again: the first one may come before the process listens.
      await cause();
      await wait(200);
      const event = /^data: .*$/m.exec(text);
      if (event) return event[0];
    }
    return null;
  } finally {
    asked.destroy();
  }
}
