import { fillAtScale, scale } from "./household-at-scale";
import type { BenchProduct } from "./product";
import { figure, heading, median } from "./report";

const rounds = 9;

/** List pages at a scale nobody has: first and deep pages, with search and filters. Server time, whole answer. */
export async function benchPages(product: BenchProduct): Promise<void> {
  const began = Date.now();
  await fillAtScale(product.sql);
  heading(
    `List pages with ${scale.requests} requests, ${scale.notifications} notifications, ${scale.timeline} timeline rows, ${scale.events} events (filled in ${Math.round((Date.now() - began) / 1000)} s)`,
  );
  const paths = [
    "/",
    "/requests",
    "/requests?q=harbour",
    "/requests?state=gathering",
    "/requests?sort=title",
    "/notifications",
    "/notifications?scope=history",
    "/notifications?scope=history&q=lantern",
    "/inbox",
    "/inbox?q=harbour",
    "/inbox?source=radarr",
    "/users",
  ];
  for (const path of paths) {
    figure(path, await measure(product, path));
    const older = await deeper(product, path);
    if (older) figure(`${path} (page 20)`, await measure(product, older));
  }
  const [request] = await product.sql<
    { id: number }[]
  >`select id from requests order by last_news_at desc limit 1`;
  if (request) figure("/requests/{id}", await measure(product, `/requests/${request.id}`));
}

async function measure(product: BenchProduct, path: string): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds + 1; round++) {
    const began = performance.now();
    const answer = await fetch(`${product.app.url}${path}`, { redirect: "error" });
    const text = await answer.text();
    if (!answer.ok || text.length < 1000) throw new Error(`${path} answered ${answer.status}`);
    if (round > 0) times.push(performance.now() - began);
  }
  return `median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`;
}

/** Follows "Older" until page 20; null where the list has no such page. */
async function deeper(product: BenchProduct, path: string): Promise<string | null> {
  let current = path;
  for (let page = 1; page < 20; page++) {
    const text = await (await fetch(`${product.app.url}${current}`)).text();
    const link = /<a[^>]*href="([^"]*[?&]after=[^"]*)"/.exec(text)?.[1];
    if (!link) return null;
    current = link.replaceAll("&amp;", "&");
    if (current.startsWith("?")) current = `${path.split("?")[0]}${current}`;
  }
  return current;
}
