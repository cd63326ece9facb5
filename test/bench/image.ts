import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildImage } from "@/test/support/image/build";
import { whyNoImages } from "@/test/support/image/buildah";
import { Container } from "@/test/support/image/container";
import { waitForHealth } from "@/test/support/running-app";
import { figure, heading, median } from "./report";

const parts = {
  "Node.js": ["usr/local/bin/node"],
  "PostgreSQL (ICU data alone 26 MB)": ["app/node_modules"],
  "pages and the Next.js server": ["app/.next"],
  "programs with source maps": ["app/dist", "app/drizzle"],
};

/** How long an idle container is left alone before its memory is read. */
const idleMs = 20_000;

/** The image: what takes how much, from the start to the first 200, and the memory of an idle container. */
export async function benchImage(): Promise<void> {
  heading("Image (built with buildah over bases made here)");
  const reason = whyNoImages();
  if (reason !== null) {
    figure("not measured", reason);
    return;
  }
  const began = performance.now();
  const image = await buildImage();
  const volume = mkdtempSync(path.join(os.tmpdir(), "bingealert-volume-"));
  try {
    figure("bases and build", `${((performance.now() - began) / 1000).toFixed(0)} s`);
    const all = kilobytes(image.files, ["."]);
    let rest = all;
    for (const [name, places] of Object.entries(parts)) {
      const size = kilobytes(image.files, places);
      rest -= size;
      figure(name, `${Math.round(size / 1024)} MB`);
    }
    figure("Debian", `${Math.round(rest / 1024)} MB`);
    figure("all, unpacked", `${Math.round(all / 1024)} MB`);
    figure(
      "all, compressed (gzip)",
      `${Math.round(compressedBytes(image.files) / 1024 / 1024)} MB`,
    );
    await benchStarts(image, volume);
  } finally {
    rmSync(volume, { recursive: true, force: true, maxRetries: 5 });
    image.remove();
  }
}

async function benchStarts(
  image: Awaited<ReturnType<typeof buildImage>>,
  volume: string,
): Promise<void> {
  const port = await freePort();
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    const began = performance.now();
    const container = new Container({ ...image, volume, env: { PORT: String(port) } });
    try {
      await waitForHealth(`http://127.0.0.1:${port}`, 200, 60_000, () => container.log);
      times.push(performance.now() - began);
      if (round === 3) {
        await sleep(idleMs);
        const all = container.processes();
        const of = (wanted: RegExp) =>
          all.filter(({ command }) => wanted.test(command)).map(({ shareMb }) => shareMb);
        const sum = (numbers: number[]) => Math.round(numbers.reduce((a, b) => a + b, 0));
        figure("idle memory: start", `${sum(of(/^bingealert$/))} MB`);
        figure("idle memory: web", `${sum(of(/^bingealert web/))} MB`);
        figure("idle memory: worker", `${sum(of(/worker\.mjs/))} MB`);
        figure("idle memory: PostgreSQL", `${sum(of(/postgres/))} MB`);
        figure("idle memory: all", `${sum(all.map(({ shareMb }) => shareMb))} MB`);
      }
      await container.stop();
    } finally {
      await container.kill();
    }
  }
  const [first = 0, ...later] = times;
  figure("first start to first 200, empty volume", `${(first / 1000).toFixed(2)} s`);
  figure("later starts", `median ${(median(later) / 1000).toFixed(2)} s`);
}

function kilobytes(files: string, places: string[]): number {
  const lines = execFileSync("du", ["-sk", ...places], { cwd: files, encoding: "utf8" });
  return lines
    .trim()
    .split("\n")
    .reduce((sum, line) => sum + Number(line.split("\t")[0]), 0);
}

function compressedBytes(files: string): number {
  return Number(
    execFileSync("sh", ["-c", "tar -c . | gzip | wc -c"], { cwd: files, encoding: "utf8" }).trim(),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address && typeof address === "object" ? address.port : 0;
}
