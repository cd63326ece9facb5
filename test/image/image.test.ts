import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltImage, buildImage } from "@/test/support/image/build";
import { whyNoImages } from "@/test/support/image/buildah";
import { Container, type ContainerOptions } from "@/test/support/image/container";
import { createEmptyDatabase } from "@/test/support/postgres";
import { startMediaStack } from "@/test/support/upstreams/media-stack";

/** The real Dockerfile, built over bases made here, and its result run as an engine would run it. */

const reason = whyNoImages();
const skipped = reason !== null && !process.env.CI;

/** Docker kills after this long. */
const dockerPatienceMs = 10_000;

describe.skipIf(skipped)(`the image${skipped ? ` (skipped: ${reason})` : ""}`, () => {
  let image: BuiltImage;
  const containers: Container[] = [];
  const volumes: string[] = [];

  beforeAll(async () => {
    if (reason !== null) throw new Error(`No image can be built here: ${reason}.`);
    image = await buildImage();
  }, 480_000);

  afterAll(async () => {
    await Promise.all(containers.map((container) => container.kill()));
    image?.remove();
    for (const volume of volumes) rmSync(volume, { recursive: true, force: true, maxRetries: 5 });
  });

  function newVolume(owner: number, mode = 0o755): string {
    const volume = mkdtempSync(path.join(os.tmpdir(), "bingealert-volume-"));
    volumes.push(volume);
    chmodSync(volume, mode);
    chownSync(volume, owner, owner);
    return volume;
  }

  function start(options: Omit<ContainerOptions, "files" | "config">): Container {
    const { files, config } = image;
    const container = new Container({ files, config, ...options });
    containers.push(container);
    return container;
  }

  test("holds what runs, and nothing of what it was built with", () => {
    const { files, config } = image;
    const has = (name: string) => existsSync(path.join(files, name));
    expect(has("app/dist/start.mjs")).toBe(true);
    for (const name of ["vitest", "typescript", "next", "esbuild"]) {
      expect(has(`app/node_modules/${name}`), name).toBe(false);
    }
    for (const name of ["usr/local/bin/npm", "app/lib", "app/test", "build", "app/.env"]) {
      expect(has(name), name).toBe(false);
    }
    // The settings of this machine's package clients were mounted: only their empty places may be left.
    for (const name of ["root/.npmrc", "usr/local/etc/npmrc"]) {
      if (has(name)) expect(readFileSync(path.join(files, name), "utf8"), name).toBe("");
    }
    expect(readdirSync(path.join(files, "var/lib/apt/lists"))).toEqual([]);
    expect(config).toMatchObject({
      ExposedPorts: { "8000/tcp": {} },
      Volumes: { "/config": {} },
      Labels: { "org.opencontainers.image.title": "BingeAlert" },
    });
    const megabytes = Number(
      execFileSync("du", ["-sm", files], { encoding: "utf8" }).split("\t")[0],
    );
    expect(megabytes).toBeLessThan(400);
  });

  test("starts on an empty volume as the wanted user, tells by mail, stops, and knows it all afterwards", async () => {
    const stack = await startMediaStack();
    try {
      stack.plexFollows(0);
      const anna = stack.seerr.addUser({
        displayName: "Anna Lindqvist",
        email: "anna@example.net",
      });
      const volume = newVolume(0);
      const port = await freePort();
      const env = {
        ...stack.env(),
        PORT: String(port),
        PUID: "1234",
        PGID: "1235",
        UMASK: "027",
        TZ: "Europe/Berlin",
        LOG_FORMAT: "json",
        NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
        MOVIE_FIRST_CHECK_SECONDS: "0",
      };
      const tellAbout = async (title: string) => {
        const movie = stack.world.addMovie({ title });
        await stack.seerr.request({ user: anna, title: movie, autoApprove: true });
        await stack.radarr.import(movie);
      };

      const first = start({ volume, env });
      await first.untilHealthy();
      const running = first.processes();
      expect(running[0]?.command).toMatch(/^tini /);
      const titles = running.map(({ command }) => command).join("\n");
      for (const part of [/^bingealert$/m, /^bingealert web$/m, /worker\.mjs/, /bin\/postgres/]) {
        expect(titles).toMatch(part);
      }
      expect(running.filter(({ uid }) => uid !== 1234)).toEqual([]);
      expect(statSync(volume)).toMatchObject({ uid: 1234, gid: 1235 });

      await untilFirstSync(volume);
      stack.connect(`http://127.0.0.1:${port}`);
      await tellAbout("Harbour Lights");
      await stack.mailbox.waitFor(1, 60_000);

      const made = await first.exec(["bingealert", "admin", "create", "marta"], "long enough 1\n");
      expect(made).toEqual({ code: 0, output: "The account marta was made.\n" });
      expect((await first.exec(["bingealert", "admin"])).output).toContain(
        "bingealert admin create",
      );
      expect(await first.exec(["bingealert", "backup"])).toMatchObject({ code: 0 });
      const [backup = ""] = readdirSync(path.join(volume, "backups"));
      expect(statSync(path.join(volume, "backups", backup)).uid).toBe(1234);

      const stopped = await first.stop();
      expect(stopped, first.log).toMatchObject({ code: 0 });
      expect(stopped.afterMs).toBeLessThan(dockerPatienceMs);

      // As after `docker compose up` with another PUID.
      const second = start({ volume, env: { ...env, PUID: "2345", PGID: "2345" } });
      await second.untilHealthy();
      expect((await second.exec(["bingealert", "admin", "list"])).output).toMatch(/^marta, /);
      await tellAbout("Quiet Water");
      await stack.mailbox.waitFor(2, 60_000);
      expect(stack.mailbox.to("anna@example.net").map(({ subject }) => subject)).toEqual([
        "Harbour Lights is ready",
        "Quiet Water is ready",
      ]);
      const restored = await second.exec(["bingealert", "restore", backup]);
      expect(restored, restored.output).toMatchObject({ code: 0 });
      expect((await second.stop()).afterMs).toBeLessThan(dockerPatienceMs);
      expect(stack.mailbox.messages).toHaveLength(2);
    } finally {
      await stack.stop();
    }
  }, 240_000);

  test("runs as any user on a file system it cannot write to, also below a path", async () => {
    const port = String(await freePort());
    const container = start({
      volume: newVolume(4321),
      env: { PORT: port, BASE_PATH: "/media/binge" },
      user: { uid: 4321, gid: 4321 },
      readOnly: true,
    });
    await container.untilHealthy();
    expect(container.processes().filter(({ uid }) => uid !== 4321)).toEqual([]);
    const home = `http://127.0.0.1:${port}/media/binge`;
    const page = await (await fetch(home)).text();
    const [script = ""] = page.match(/\/media\/binge\/_next\/static\/[\w./-]+\.js/) ?? [];
    for (const [address, type] of [
      [new URL(script, home), "javascript"],
      [`${home}/icon-512.png`, "image/png"],
      [`http://127.0.0.1:${port}/favicon.ico`, "image/"],
    ] as const) {
      expect((await fetch(address)).headers.get("content-type"), String(address)).toContain(type);
    }
    expect(await container.exec(["bingealert", "backup"])).toMatchObject({ code: 0 });
    expect((await container.stop()).afterMs).toBeLessThan(dockerPatienceMs);
  }, 120_000);

  test("says clearly when the folder is another user's, or when it would run as root", async () => {
    const port = String(await freePort());
    const ends = async (options: Omit<ContainerOptions, "files" | "config">) => {
      const container = start({ ...options, env: { PORT: port, ...options.env } });
      return { code: await container.end(), words: container.log };
    };
    const denied = await ends({ volume: newVolume(1000), env: {}, user: { uid: 4321, gid: 4321 } });
    expect(denied).toMatchObject({ code: 1 });
    expect(denied.words).toMatch(
      /^BingeAlert cannot start\. \/config is not writable for the user with id 4321/m,
    );

    const films = newVolume(4000);
    mkdirSync(path.join(films, "movies"));
    writeFileSync(path.join(films, "movies", "film.mkv"), "");
    const wrong = await ends({ volume: films, env: { PUID: "1000" } });
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.words).toMatch(
      /belongs to the user with id 4000 and holds files that are not BingeAlert's/,
    );
    expect(statSync(films).uid).toBe(4000);

    const root = await ends({ volume: newVolume(0), env: { PUID: "0" } });
    expect(root.words).toMatch(/PUID=0 is root/);
    const letters = await ends({ volume: newVolume(0), env: { PUID: "abc" } });
    expect(letters.words).toMatch(/PUID \(abc\) is not a number/);
    const below = await ends({ volume: newVolume(0), env: { BASE_PATH: "/bin ge" } });
    expect(below.words).toMatch(/BASE_PATH \(\/bin ge\) is not a path/);
  }, 120_000);

  test("is split into web and worker, each with a health check of its own", async () => {
    const database = await createEmptyDatabase();
    try {
      const volume = newVolume(0);
      const env = { PORT: String(await freePort()), DATABASE_URL: database.url };
      const web = start({ volume, env: { ...env, ROLE: "web" } });
      await web.untilHealthy();
      expect(web.processes().some(({ command }) => /worker\.mjs/.test(command))).toBe(false);
      expect(await web.exec(["env", "ROLE=worker", "bingealert", "health"])).toEqual({
        code: 1,
        output: "worker silent\n",
      });
      expect(await web.exec(["env", "ROLE=all", "bingealert", "health"])).toMatchObject({
        code: 1,
      });

      const worker = start({ volume, env: { ...env, ROLE: "worker" } });
      await worker.untilHealthy();
      expect(await web.exec(["env", "ROLE=all", "bingealert", "health"])).toMatchObject({
        code: 0,
      });
      expect((await worker.stop()).afterMs).toBeLessThan(dockerPatienceMs);
      expect(await web.exec(["env", "ROLE=worker", "bingealert", "health"])).toMatchObject({
        code: 1,
      });
      expect((await web.stop()).afterMs).toBeLessThan(dockerPatienceMs);
    } finally {
      await database.drop();
    }
  }, 120_000);
});

/** Before it, nobody is told of anything. */
async function untilFirstSync(volume: string): Promise<void> {
  const folder = path.join(volume, "postgres");
  const { password } = JSON.parse(readFileSync(`${folder}.json`, "utf8"));
  const port = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n")[3];
  const sql = postgres(`postgres://bingealert:${password}@127.0.0.1:${port}/bingealert`, {
    max: 1,
  });
  try {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(100)) {
      const rows = await sql`select from milestones where name = 'first_sync'`;
      if (rows.length > 0) return;
    }
    throw new Error("The first sync did not end within a minute.");
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address && typeof address === "object" ? address.port : 0;
}
