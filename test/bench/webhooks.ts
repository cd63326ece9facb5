import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { type BenchProduct, cpuEach } from "./product";
import { figure, heading, percentiles } from "./report";
import { startHelper } from "./start-helper";

const seconds = 6;

/**
 * Webhook acknowledgements: each is a commit, and the worker works off what came before at the same time. In front of
 * them what the machine gives in the same minute: Node alone, and Next answering 404 without storing anything.
 */
export async function benchWebhooks(product: BenchProduct): Promise<void> {
  heading("Webhook acknowledgements (committed before the 200, worker running)");
  const bare = await startHelper("bare-http");
  for (const connections of [1, 8, 32]) {
    for (const [name, url, expected] of [
      ["Node alone", `http://127.0.0.1:${bare.port}/`, 200],
      ["Next alone", `${product.app.url}/webhooks/Nobody`, 404],
      ["stored", `${product.app.url}/webhooks/sonarr`, 200],
    ] as const) {
      const before = product.cpu();
      const { perSecond, latencies, failed } = await post(url, connections, expected);
      figure(
        `concurrency ${connections}, ${name}`,
        `${Math.round(perSecond)}/s  ${percentiles(latencies)}${failed > 0 ? `  ${failed} failed` : ""}`,
      );
      if (name !== "Node alone") {
        figure("  processor time each", cpuEach(before, product.cpu(), latencies.length));
      }
    }
    await drained(product);
  }
  bare.stop();
}

/** Posts one import after the other over each connection, each for a sender of its own: none reaches its limit. */
async function post(url: string, connections: number, expected: number) {
  const body = readFileSync(
    new URL("../fixtures/sonarr/sonarr-v4-download-single.json", import.meta.url),
    "utf8",
  );
  const latencies: number[] = [];
  let failed = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    let senders = 0;
    const setupClient = (client: autocannon.Client) => {
      senders += 1;
      client.setHeaders({
        "content-type": "application/json",
        "x-forwarded-for": `10.${connections}.0.${senders}`,
      });
    };
    const run = autocannon(
      { url, method: "POST", body, connections, duration: seconds, setupClient },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
    run.on("response", (_client, status, _bytes, ms) => {
      latencies.push(ms);
      if (status !== expected) failed += 1;
    });
  });
  return {
    perSecond: latencies.length / result.duration,
    latencies,
    failed: failed + result.errors,
  };
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
