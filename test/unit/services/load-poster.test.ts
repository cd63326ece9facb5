import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPoster } from "@/lib/services/mails/load-poster";

const configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-posters-"));
const folder = path.join(configDir, "cache", "posters", "w342");
const asked: string[] = [];
let tmdb: Server;
let tmdbImageUrl: string;

beforeAll(async () => {
  tmdb = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(200, { "Content-Type": "image/jpeg" }).end("a poster");
  });
  await new Promise<void>((resolve) => tmdb.listen(0, "127.0.0.1", resolve));
  tmdbImageUrl = `http://127.0.0.1:${(tmdb.address() as AddressInfo).port}`;
});
afterAll(() => {
  tmdb.close();
  rmSync(configDir, { recursive: true, force: true });
});

test("posters are kept, but never more than fit: the oldest make room", async () => {
  const load = (name: string) => loadPoster({ configDir, tmdbImageUrl }, `/${name}.jpg`, 342, 10);
  for (let n = 0; n < 10; n++) {
    await load(`p${n}`);
    utimesSync(path.join(folder, `p${n}.jpg`), n, n);
  }
  expect(readdirSync(folder)).toHaveLength(10);
  await load("p9");
  expect(asked).toHaveLength(10);

  expect((await load("newest"))?.bytes.toString()).toBe("a poster");
  const kept = readdirSync(folder).sort();
  expect(kept).toEqual(["newest.jpg", ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `p${n}.jpg`)]);
  await load("p0");
  expect(asked.filter((url) => url.endsWith("/p0.jpg"))).toHaveLength(2);
});
