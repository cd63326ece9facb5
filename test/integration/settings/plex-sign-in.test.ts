import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLogger } from "@/lib/log";
import type { ServiceContext } from "@/lib/services/context";
import { loadConfig } from "@/lib/services/load-config";
import { connectPlex, tryPlexAddresses } from "@/lib/services/settings/connect-plex";
import {
  beginPlexSignIn,
  readPlexSignIn,
  type SignInBearer,
} from "@/lib/services/settings/plex-sign-in";
import { openDatabase } from "@/lib/store/db";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";
import type { Answer, Incoming } from "@/test/support/upstreams/fake-server";
import { FakePlex } from "@/test/support/upstreams/plex";
import { type AccountServer, FakePlexTv } from "@/test/support/upstreams/plex-tv";

/** Writes down which tokens it is asked with; undefined for none. */
class WatchedPlex extends FakePlex {
  readonly tokens: unknown[] = [];

  protected override guard(incoming: Incoming): Answer | null {
    this.tokens.push(incoming.headers["x-plex-token"]);
    return super.guard(incoming);
  }
}

const clock = { now: new Date("2026-11-29T12:00:00Z") };
const now = () => clock.now;
const configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-plex-"));
const plexTv = new FakePlexTv({ now });
const attic = new WatchedPlex({ token: "token-of-the-attic", machineIdentifier: "attic-1" });
const neighbour = new WatchedPlex({ token: "another", machineIdentifier: "neighbour-1" });
const env: Record<string, string> = {};
const holder = "session 1";
let database: TestDatabase;
let ctx: ServiceContext;

beforeAll(async () => {
  database = await createTestDatabase();
  await Promise.all([plexTv.start(), attic.start(), neighbour.start()]);
  Object.assign(env, { APP_SECRET_KEY: "the key of this test", PLEX_TV_URL: plexTv.url });
  const open = openDatabase(database.url, { max: 2, name: "plex sign-in" });
  ctx = {
    database: open,
    workerId: "web",
    now,
    loadConfig: () => loadConfig(open.db, { env, configDir }),
    log: createLogger({ level: "silent", format: "json", write: () => {} }),
  };
});
afterAll(async () => {
  await ctx.database.close();
  await Promise.all([plexTv.stop(), attic.stop(), neighbour.stop()]);
  await database.drop();
  rmSync(configDir, { recursive: true, force: true });
});
beforeEach(() => {
  writeFileSync(path.join(configDir, ".env"), "");
  clock.now = new Date("2026-11-29T12:00:00Z");
  plexTv.servers = [atticServer()];
});
afterEach(() => {
  for (const server of [plexTv, attic, neighbour]) {
    server.recover();
    server.forgetRequests();
  }
  attic.tokens.length = 0;
  neighbour.tokens.length = 0;
});

/** As plex.tv would list it, with its relay, the neighbour's machine at an address of its own, and one that is off. */
const atticServer = (over: Partial<AccountServer> = {}): AccountServer => ({
  name: "Attic",
  machineIdentifier: "attic-1",
  accessToken: "token-of-the-attic",
  connections: [
    local(1),
    local(neighbour.port),
    local(attic.port),
    { ...local(8443), uri: "https://198-51-100-7.abc.plex.direct:8443", local: false, relay: true },
  ],
  ...over,
});
const local = (port: number) => ({
  uri: `https://127.0.0.1:${port}`,
  address: "127.0.0.1",
  port,
  local: true,
});

/** Somebody begins, and Plex lets them in. */
async function signedIn(): Promise<SignInBearer> {
  const { sealed, ticket, url } = await beginPlexSignIn(ctx, holder, env);
  plexTv.grant(url);
  const found = await readPlexSignIn(ctx, { sealed, ticket, holder });
  if (found.kind !== "signed_in" || !found.keep) throw new Error("Plex did not let them in");
  return { sealed: found.keep.sealed, ticket, holder };
}
const envFile = () => readFileSync(path.join(configDir, ".env"), "utf8");
const chosen = (port: number) => ({
  machineIdentifier: "attic-1",
  url: `http://127.0.0.1:${port}`,
});

describe("signing in", () => {
  test("waits until Plex lets them in, then knows the account's servers", async () => {
    const { sealed, ticket, url, endsAt } = await beginPlexSignIn(ctx, holder, env);
    expect(endsAt.toISOString()).toBe("2026-11-29T12:30:00.000Z");
    const bearer = { sealed, ticket, holder };
    expect(await readPlexSignIn(ctx, bearer)).toEqual({
      kind: "waiting",
      trouble: null,
      keep: null,
    });
    plexTv.grant(url);
    const found = await readPlexSignIn(ctx, bearer);
    expect(found).toMatchObject({ kind: "signed_in", servers: [{ name: "Attic" }] });
    expect(plexTv.unexpected).toEqual([]);
  });

  test("names this installation the same each time, and no other one", async () => {
    const clientIds = () => new Set(plexTv.pins.map(({ clientId }) => clientId));
    await beginPlexSignIn(ctx, holder, env);
    expect(clientIds().size).toBe(1);
    expect([...clientIds()].join()).toMatch(/^[0-9a-f]{32}$/);
    env.APP_SECRET_KEY = "the key of another installation";
    await beginPlexSignIn(ctx, holder, env);
    expect(clientIds().size).toBe(2);
    env.APP_SECRET_KEY = "the key of this test";
  });

  test("is nobody else's, and not another one's of the same browser", async () => {
    const { sealed, ticket, url } = await beginPlexSignIn(ctx, holder, env);
    plexTv.grant(url);
    plexTv.forgetRequests();
    const mine = { sealed, ticket, holder };
    for (const bearer of [
      { ...mine, holder: "session 2" },
      { ...mine, ticket: "another" },
      { ...mine, sealed: null },
      { ...mine, sealed: `${sealed.slice(0, -2)}AA` },
    ]) {
      expect(await readPlexSignIn(ctx, bearer)).toEqual({ kind: "over", because: "unknown" });
      await expect(tryPlexAddresses(ctx, bearer, "attic-1")).rejects.toThrow(/is over/);
      await expect(connectPlex(ctx, bearer, chosen(attic.port), env)).rejects.toThrow(/is over/);
    }
    // Plex hears of none of them.
    expect(plexTv.requests).toEqual([]);
    expect(envFile()).toBe("");
  });

  test("ends with its half hour, here and at Plex", async () => {
    const { sealed, ticket } = await beginPlexSignIn(ctx, holder, env);
    clock.now = new Date("2026-11-29T12:29:59Z");
    const bearer = { sealed, ticket, holder };
    expect((await readPlexSignIn(ctx, bearer)).kind).toBe("waiting");
    plexTv.expire();
    expect(await readPlexSignIn(ctx, bearer)).toEqual({ kind: "over", because: "expired" });
    plexTv.forgetRequests();
    clock.now = new Date("2026-11-29T12:30:00Z");
    expect(await readPlexSignIn(ctx, bearer)).toEqual({ kind: "over", because: "expired" });
    expect(plexTv.requests).toEqual([]);
  });

  test("leaves a quarter of an hour to choose", async () => {
    const bearer = await signedIn();
    clock.now = new Date("2026-11-29T12:15:00Z");
    await expect(connectPlex(ctx, bearer, chosen(attic.port), env)).rejects.toThrow(/is over/);
  });

  test("survives trouble of plex.tv in between, and does not need the PIN twice", async () => {
    const { sealed, ticket, url } = await beginPlexSignIn(ctx, holder, env);
    plexTv.fail({ kind: "status", status: 429, path: "/api/v2/pins", times: 1 });
    const bearer = { sealed, ticket, holder };
    expect(await readPlexSignIn(ctx, bearer)).toEqual({
      kind: "waiting",
      trouble: "plex.tv asks for fewer requests (429)",
      keep: null,
    });
    plexTv.grant(url);
    plexTv.fail({ kind: "status", status: 500, path: "/api/v2/resources", times: 1 });
    const half = await readPlexSignIn(ctx, bearer);
    expect(half).toMatchObject({
      kind: "waiting",
      trouble: "plex.tv answered with error 500",
      keep: { sealed: expect.any(String) },
    });
    plexTv.expire();
    const kept = half.kind === "waiting" ? (half.keep?.sealed ?? null) : null;
    expect(await readPlexSignIn(ctx, { ...bearer, sealed: kept })).toMatchObject({
      kind: "signed_in",
      servers: [{ name: "Attic" }],
    });
  });

  test("says when plex.tv cannot be reached, and what the environment gives asks nobody", async () => {
    await plexTv.down();
    await expect(beginPlexSignIn(ctx, holder, env)).rejects.toMatchObject({
      service: "plex.tv",
      kind: "refused",
    });
    await plexTv.up();
    plexTv.forgetRequests();
    for (const name of ["PLEX_URL", "PLEX_TOKEN", "PLEX_TOKEN_FILE"]) {
      await expect(beginPlexSignIn(ctx, holder, { [name]: "x" })).rejects.toThrow(
        /is set by the environment/,
      );
    }
    expect(plexTv.requests).toEqual([]);
  });

  test("keeps every token out of what the browser holds and what its page is given", async () => {
    const bearer = await signedIn();
    const given = JSON.stringify([bearer, await tryPlexAddresses(ctx, bearer, "attic-1")]);
    const readable = Buffer.from(bearer.sealed ?? "", "base64url").toString("latin1");
    for (const token of [plexTv.accountToken, "token-of-the-attic"]) {
      expect(given).not.toContain(token);
      expect(readable).not.toContain(token);
    }
  });
});

describe("the addresses", () => {
  test("are tried from here, without a token; the first that answers as this server is proposed", async () => {
    const { addresses, proposed } = await tryPlexAddresses(ctx, await signedIn(), "attic-1");
    expect(proposed).toBe(`http://127.0.0.1:${attic.port}`);
    const plain = addresses.filter(({ route }) => route === "local_http");
    expect(plain.map(({ answer }) => answer.kind)).toEqual(["failed", "another_server", "answers"]);
    expect(addresses.map(({ url }) => url).join()).not.toContain("8443");
    expect([...attic.tokens, ...neighbour.tokens]).toEqual([undefined, undefined]);
  });

  test("none answers: none is proposed", async () => {
    plexTv.servers = [atticServer({ connections: [local(1), local(neighbour.port)] })];
    const { proposed } = await tryPlexAddresses(ctx, await signedIn(), "attic-1");
    expect(proposed).toBeNull();
  });

  test("a server the account does not have is none", async () => {
    await expect(tryPlexAddresses(ctx, await signedIn(), "neighbour-1")).rejects.toThrow(
      /no such server/,
    );
  });
});

describe("connecting", () => {
  test("saves address and token of the server in the file, once both work", async () => {
    const result = await connectPlex(ctx, await signedIn(), chosen(attic.port), env);
    expect(result).toMatchObject({
      kind: "connected",
      test: { kind: "works", words: "Plex answers and the token works" },
      before: { url: "", hadToken: false },
    });
    expect(envFile()).toBe(
      `PLEX_URL=http://127.0.0.1:${attic.port}\nPLEX_TOKEN=token-of-the-attic\n`,
    );
  });

  test("uses the account's token for one's own server that Plex names none for", async () => {
    plexTv.servers = [atticServer({ accessToken: null })];
    // It takes another one only.
    expect(await connectPlex(ctx, await signedIn(), chosen(attic.port), env)).toMatchObject({
      kind: "failed",
      test: { words: expect.stringMatching(/refused the key/) },
    });
    plexTv.servers = [atticServer({ accessToken: null, owned: false })];
    await expect(connectPlex(ctx, await signedIn(), chosen(attic.port), env)).rejects.toThrow(
      /no token/,
    );
    expect(envFile()).toBe("");
  });

  test("takes no address that Plex does not name, whatever the page sends", async () => {
    const bearer = await signedIn();
    neighbour.forgetRequests();
    plexTv.servers = [atticServer({ connections: [local(attic.port)] })];
    for (const url of [
      `http://127.0.0.1:${neighbour.port}`,
      "http://169.254.169.254",
      `http://127.0.0.1:${attic.port}@evil.example`,
    ]) {
      const wanted = { machineIdentifier: "attic-1", url };
      await expect(connectPlex(ctx, bearer, wanted, env)).rejects.toThrow(/does not name/);
    }
    expect(neighbour.requests).toEqual([]);
    expect(envFile()).toBe("");
  });

  test("sends no token to another server, nor to one that does not say who it is", async () => {
    const bearer = await signedIn();
    const other = await connectPlex(ctx, bearer, chosen(neighbour.port), env);
    expect(other).toMatchObject({
      kind: "failed",
      test: { words: "Attic does not answer at this address" },
    });
    attic.fail({ kind: "html", path: "/identity" });
    const silent = await connectPlex(ctx, bearer, chosen(attic.port), env);
    expect(silent).toEqual(other);
    expect(attic.requests.map(({ path }) => path)).toEqual(["/identity"]);
    expect(neighbour.tokens).toEqual([undefined]);
    expect(envFile()).toBe("");
  });

  test("changes nothing that the environment gives", async () => {
    const bearer = await signedIn();
    await expect(
      connectPlex(ctx, bearer, chosen(attic.port), { PLEX_URL: "http://plex:32400" }),
    ).rejects.toThrow(/set by the environment/);
    expect(envFile()).toBe("");
  });
});
