import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import type { BenchProduct } from "./product";
import { figure, heading, percentiles } from "./report";

const seconds = 6;

/** Webhook acknowledgements: each is a commit, and the worker works off what came before at the same time. */
export async function benchWebhooks(product: BenchProduct): Promise<void> {
  heading("Webhook acknowledgements (committed before the 200, worker running)");
  const body = readFileSync(
    new URL("../fixtures/sonarr/sonarr-v4-download-single.json", import.meta.url),
    "utf8",
  );
  for (const connections of [1, 8, 32]) {
    const latencies: number[] = [];
    const result = await new Promise<autocannon.Result>((resolve, reject) => {
      const run = autocannon(
        {
          url: `${product.app.url}/webhooks/sonarr`,
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
          connections,
          duration: seconds,
        },
        (error, done) => (error ? reject(error) : resolve(done)),
      );
      run.on("response", (_client, _status, _bytes, ms) => latencies.push(ms));
    });
    const failed = result.non2xx + result.errors;
    figure(
      `concurrency ${connections}`,
      `${Math.round(latencies.length / result.duration)}/s  ${percentiles(latencies)}${failed > 0 ? `  ${failed} failed` : ""}`,
    );
    await drained(product);
  }
}

/** Waits until the worker has worked off what came. */
async function drained(product: BenchProduct): Promise<void> {
  const began = Date.now();
  const [before] = await product.sql<
    { n: number }[]
  >`select count(*)::int as n from inbound_events where outcome = 'pending'`;
  for (;;) {
    const [row] = await product.sql<
      { n: number }[]
    >`select count(*)::int as n from inbound_events where outcome = 'pending'`;
    if (!row || row.n === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const waited = (Date.now() - began) / 1000;
  if ((before?.n ?? 0) > 0)
    figure("  left to work off, and how long it took", `${before?.n}, ${waited.toFixed(1)} s`);
}
