import "server-only";
import { log } from "@/lib/log";
import { drawMetrics } from "./metrics";
import { limitWrongApiKey } from "./rate-limit";
import { webContext } from "./service-context";
import { currentStanding } from "./standing";
import { carriesSecret } from "./webhook-secret";

const words = { "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8" };

/** The figures for Prometheus, to whoever carries METRICS_TOKEN; without such a token there is no such page. */
export async function answerMetrics(request: Request): Promise<Response> {
  try {
    const { METRICS_TOKEN: token } = (await webContext().loadConfig()).settings;
    if (token === "") {
      return new Response("Set METRICS_TOKEN to switch this page on.\n", {
        status: 404,
        headers: words,
      });
    }
    if (!carriesSecret(request, token)) {
      const limit = await limitWrongApiKey(request.headers);
      if (limit.kind === "limited") {
        return new Response("Too many wrong tokens from this address.\n", {
          status: 429,
          headers: { ...words, "Retry-After": String(limit.retryAfterSeconds) },
        });
      }
      return new Response("Send METRICS_TOKEN as a Bearer token.\n", {
        status: 401,
        headers: { ...words, "WWW-Authenticate": "Bearer" },
      });
    }
    const { contentType, text } = await drawMetrics(await currentStanding());
    return new Response(text, { headers: { ...words, "Content-Type": contentType } });
  } catch (error) {
    log.error("no figures for Prometheus", { error });
    return new Response("The figures could not be read.\n", { status: 503, headers: words });
  }
}
