import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;

beforeEach(async () => {
  stack = await startMediaStack();
});
afterEach(() => stack.stop());

const status = () => fetch(`${stack.seerr.url}/api/v1/status`);

describe("faults", () => {
  test("a status for as many requests as asked, then service as before", async () => {
    const fault = stack.seerr.fail({ kind: "status", status: 503, times: 2, retryAfter: "7" });
    const answers = [await status(), await status(), await status()];
    expect(answers.map((a) => a.status)).toEqual([503, 503, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("7");
    expect(fault.hits).toBe(2);
  });

  test("only the path that was named", async () => {
    stack.seerr.fail({ kind: "html", path: "/api/v1/user" });
    expect((await status()).headers.get("content-type")).toContain("json");
    const users = await fetch(`${stack.seerr.url}/api/v1/user`);
    expect(users.headers.get("content-type")).toContain("html");
    stack.seerr.recover();
    expect((await fetch(`${stack.seerr.url}/api/v1/user`)).status).toBe(401);
  });

  test("garbage is JSON by its type only", async () => {
    stack.seerr.fail({ kind: "garbage" });
    await expect((await status()).json()).rejects.toThrow();
  });

  test("no answer, cut connection, refused connection", async () => {
    stack.seerr.fail({ kind: "timeout", times: 1 });
    const patient = fetch(`${stack.seerr.url}/api/v1/status`, { signal: AbortSignal.timeout(150) });
    await expect(patient).rejects.toThrow(/timeout/);
    stack.seerr.fail({ kind: "reset", times: 1 });
    await expect(status()).rejects.toThrow();
    await stack.seerr.down();
    await expect(status()).rejects.toThrow();
    await stack.seerr.up();
    expect((await status()).status).toBe(200);
  });

  test("a delay", async () => {
    stack.seerr.delay(80);
    const startedAt = performance.now();
    await status();
    expect(performance.now() - startedAt).toBeGreaterThan(70);
  });
});

test("what nobody told it to answer is refused and kept", async () => {
  const headers = { "X-Api-Key": stack.sonarr.apiKey };
  const answer = await fetch(`${stack.sonarr.url}/api/v3/nonsense`, { headers });
  expect(answer.status).toBe(501);
  expect(stack.unexpected).toEqual(["Sonarr: GET /api/v3/nonsense"]);
  expect(stack.sonarr.count("/api/v3/nonsense")).toBe(1);
  expect(stack.sonarr.requests[0]).toMatchObject({ method: "GET", status: 501 });
});

test("the environment names every service", () => {
  const env = stack.env();
  expect(env).toMatchObject({
    JELLYSEERR_URL: stack.seerr.url,
    SONARR_URL: stack.sonarr.url,
    SONARR_ANIME_URL: stack.sonarrAnime.url,
    RADARR_URL: stack.radarr.url,
    RADARR_4K_URL: stack.radarr4k.url,
    PLEX_URL: stack.plex.url,
    SMTP_PORT: String(stack.mailbox.port),
    SMTP_SECURITY: "none",
  });
  for (const [name, value] of Object.entries(env)) expect(value, name).not.toBe("");
});

test("posters are pictures, from TMDB's stand-in and through Seerr", async () => {
  for (const title of Object.values(stack.titles)) {
    const answer = await fetch(`${stack.tmdbImages.url}/t/p/w500${title.posterPath}`);
    expect(answer.status, title.title).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/png");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    expect(bytes.length).toBeLessThanOrEqual(15_000);
  }
  const proxied = await fetch(
    `${stack.seerr.url}/imageproxy/tmdb/t/p/w300_and_h450_face/saltmarsh.png`,
  );
  expect(proxied.status).toBe(200);
  expect((await fetch(`${stack.tmdbImages.url}/t/p/w500/none.png`)).status).toBe(404);
});
