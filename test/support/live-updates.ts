import http from "node:http";
import { setTimeout as wait } from "node:timers/promises";

type Listening = { port: number; from?: string; host?: string };

/**
 * Opens the stream of live updates at `port` and says whether `topic` arrives after `cause`, within five seconds: a proxy
 * that buffers would keep it back. Others may come by, as the application goes about its business.
 */
export async function hearsOf(
  topic: string,
  request: Listening & { cause: () => Promise<unknown> },
): Promise<boolean> {
  return (await firstMatch(new RegExp(`^data: ${topic}$`, "m"), request, 5_000)) !== null;
}

/** Whether a page read at `since`, or one that heard the event `lastEventId` last, is told at once that it missed something. */
export async function isToldItMissed(
  request: Listening & { since?: number; lastEventId?: number },
): Promise<boolean> {
  return (await firstMatch(/^data: all$/m, { ...request, cause: async () => {} }, 600)) !== null;
}

async function firstMatch(
  awaited: RegExp,
  request: Listening & { cause: () => Promise<unknown>; since?: number; lastEventId?: number },
  patienceMs: number,
): Promise<string | null> {
  const { port, from = "127.0.0.1", host = `127.0.0.1:${port}`, cause } = request;
  const { since, lastEventId } = request;
  const asked = http.get({
    ...{ host: "127.0.0.1", port, localAddress: from, agent: false },
    path: since === undefined ? "/api/events" : `/api/events?since=${since}`,
    headers: { Host: host, ...(lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId }) },
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
      const event = awaited.exec(text);
      if (event) return event[0];
    }
    return null;
  } finally {
    asked.destroy();
  }
}
