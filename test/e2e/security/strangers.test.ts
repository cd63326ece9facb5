import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changesChannel } from "../../../lib/store/changes";
import { hearsOf } from "../../support/live-updates";
import { builtActions, builtRoutes, LoginClient } from "../../support/login-client";
import { ask, type RawAnswer } from "../../support/raw-http";
import { waitForHealth } from "../../support/running-app";
import {
  account,
  behindTheLogin,
  type GuardedApp,
  peers,
  planted,
  publicHost,
  startGuardedApp,
  watchFrom,
} from "./guarded-app";
import { findProxy, startProxy } from "./reverse-proxies";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Needs no login, and why. Everything else does. */
const publicRoutes: Record<string, string> = {
  "/login": "the way in",
  "/setup": "leads away once set-up is complete; asks for the token before",
  "/health": "orchestrators",
  "/metrics": "404 unless METRICS_TOKEN is set, and then only with it",
  "/api/health/live": "orchestrators",
  "/api/health/ready": "orchestrators",
  "/api/v1/health": "orchestrators",
  "/api/v1/[...rest]": "says that there is nothing",
  "/icon.svg": "a picture",
  "/apple-icon.png": "a picture",
  "/manifest.webmanifest": "names the app",
  "/posters/[...path]": "mail clients fetch them",
  "/webhooks/[source]": "guarded by the webhook secret",
  "/webhooks/[source]/[instance]": "guarded by the webhook secret",
  "/u/[token]": "signed link",
  "/u/[token]/mute/[request]": "signed link",
  "/u/[token]/unsubscribe": "signed link",
  "/calendar/[token]": "signed link",
  "/open/[token]": "signed link",
  "/follow/[token]": "signed link",
  "/u/[token]/follow/[follow]": "signed link",
};
const publicActions = ["signInAction", "signOutAction", "showTokenAction"];

/** Everything the app said to anybody in this file. */
const said: string[] = [];

// The addresses 127.0.0.x all exist on Linux only.
describe.skipIf(process.platform !== "linux")("a stranger", () => {
  let guarded: GuardedApp;
  let port: number;
  const get = async (request: Parameters<typeof ask>[1]): Promise<RawAnswer> => {
    const answer = await ask(port, request);
    said.push(answer.text, JSON.stringify(answer.headers));
    return answer;
  };

  beforeAll(async () => {
    guarded = await startGuardedApp();
    port = guarded.port;
  });
  afterAll(async () => {
    await guarded?.stop();
  });

  it("gets nowhere with a forged header in the first moments of a start", () => {
    expect(guarded.duringStart.length).toBeGreaterThan(0);
    for (const answer of guarded.duringStart) expectOutside(answer);
  });

  it("reaches no page and no route that is not on the public list", async () => {
    const open: string[] = [];
    for (const address of builtRoutes()) {
      if (address in publicRoutes) continue;
      const target = address
        .replace("[source]", "sonarr")
        .replace(/\[\.\.\.\w+\]/g, "a/b")
        .replace(/\[\w+\]/g, "1");
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await get({
          method,
          path: target,
          headers: [["Content-Type", "application/json"]],
          ...(method === "GET" ? {} : { body: "{}" }),
        });
        const refused =
          [401, 403, 405].includes(answer.status) ||
          ([303, 307].includes(answer.status) &&
            String(answer.headers.location).startsWith("/login"));
        if (!refused) open.push(`${method} ${target}: ${answer.status}`);
      }
    }
    expect(open, "check the viewer there, or add it to the public list here and in docs").toEqual(
      [],
    );
  });

  it("finds each public route where the list says it is", () => {
    const built = builtRoutes();
    expect(Object.keys(publicRoutes).filter((address) => !built.includes(address))).toEqual([]);
  });

  it("calls no server action, from whichever page", async () => {
    const open: string[] = [];
    const actions = builtActions();
    expect(actions.length).toBeGreaterThan(10);
    await Promise.all(
      actions
        .filter((action) => !publicActions.includes(action.name))
        .map(async (action) => {
          for (const page of new Set([...action.pages.slice(0, 1), "/login"])) {
            const target = page.replace(/\[\w+\]/g, "1");
            const answer = await guarded.browser().act(target, action.id, [{}, {}, {}]);
            const sentAway = answer.headers["x-action-redirect"] ?? answer.headers.location ?? "";
            const refused = String(sentAway).startsWith("/login") || answer.status === 404;
            if (!refused) open.push(`${action.name} on ${target}: ${answer.status}`);
          }
        }),
    );
    expect(open, "make it with adminAction").toEqual([]);
  });

  it("gets nowhere by headers that proxies write, and a listed proxy is believed from the right", async () => {
    const inside = "192.168.7.20";
    const cases: [from: string, headers: [string, string][], admitted: boolean][] = [
      [peers.stranger, [], false],
      [peers.stranger, [["X-Forwarded-For", inside]], false],
      [peers.stranger, [["X-Forwarded-For", `${inside}, ${inside}`]], false],
      [
        peers.stranger,
        [
          ["x-forwarded-for", inside],
          ["X-Forwarded-For", inside],
        ],
        false,
      ],
      [peers.stranger, [["X-Forwarded-For", `::ffff:${inside}`]], false],
      [peers.stranger, [["X-Forwarded-For", "::ffff:c0a8:0714"]], false],
      [peers.stranger, [["Forwarded", `for=${inside}`]], false],
      [peers.stranger, [["X-Real-IP", inside]], false],
      [peers.stranger, [["CF-Connecting-IP", inside]], false],
      [
        peers.stranger,
        [
          ["True-Client-IP", inside],
          ["X-Client-IP", inside],
        ],
        false,
      ],
      [peers.local, [], true],
      // A forwarding header from a peer that is not listed: somebody else stands behind it.
      [peers.local, [["X-Forwarded-For", inside]], false],
      [peers.local, [["X-Real-IP", inside]], false],
      [peers.local, [["Forwarded", `for=${inside}`]], false],
      [peers.proxy, [], false],
      [peers.proxy, [["X-Forwarded-For", inside]], true],
      [peers.proxy, [["X-Forwarded-For", `::ffff:${inside}`]], true],
      [peers.proxy, [["X-Forwarded-For", `[fd00:7::5]:4711`]], true],
      [peers.proxy, [["X-Forwarded-For", `203.0.113.9, ${inside}`]], true],
      [peers.proxy, [["X-Forwarded-For", `${inside}, 203.0.113.9`]], false],
      [peers.proxy, [["X-Forwarded-For", `${inside}, 203.0.113.9, 10.20.1.1`]], false],
      [peers.proxy, [["X-Forwarded-For", `203.0.113.9, ${inside}, 10.20.1.1`]], true],
      [
        peers.proxy,
        [
          ["X-Forwarded-For", inside],
          ["X-Forwarded-For", "203.0.113.9"],
        ],
        false,
      ],
      [peers.proxy, [["X-Forwarded-For", `${inside}, nonsense`]], false],
      [peers.proxy, [["X-Real-IP", inside]], false],
      [peers.proxy, [["Forwarded", `for=${inside}`]], false],
      [
        peers.proxy,
        [
          ["CF-Connecting-IP", inside],
          ["X-Forwarded-For", "203.0.113.9"],
        ],
        false,
      ],
    ];
    for (const [from, headers, admitted] of cases) {
      const answer = await get({ path: "/users", from, headers });
      if (!admitted) expectOutside(answer, `${from} ${JSON.stringify(headers)}`);
      else expect(answer.text, `${from} ${JSON.stringify(headers)}`).toContain(behindTheLogin);
    }
  });

  it("gets nowhere by tricks with paths, or headers Next believes", async () => {
    const paths = [
      ...[
        "//users",
        "/./users",
        "/%2e/users",
        "/users/",
        "/users//",
        "/USERS",
        "/Users",
        "/users%2f",
      ],
      ...["/login/../users", "/login/..%2fusers", "/login/%2e%2e/users", "/health/../users"],
      ...["/posters/../users", "/u/..;/users", "/webhooks/../users", "/_next/static/../../users"],
      ...[
        "/_next/static/..%2f..%2fusers",
        "/users;/login",
        "/users?next=/login",
        "/users%00",
        "/users.",
      ],
      ...["/%75sers", "/users%20", "/\\users", "/login\\..\\users", "/users.rsc", "/users.json"],
      ...["/_next/data/build/users.json", "http://127.0.0.1/users", "http://evil.example/users"],
      "/users.segments/_tree.segment.rsc",
    ];
    for (const target of paths) expectOutside(await get({ path: target }), target);
    for (const target of ["/users", "/api/v1/users", "/webhooks/sonarr"]) {
      expect((await get({ method: "TRACE", path: target })).status).toBe(405);
    }
    const headers: [string, string][][] = [
      [["x-middleware-subrequest", "proxy:proxy:proxy:proxy:proxy"]],
      [["x-middleware-subrequest", "middleware:middleware:middleware:middleware:middleware"]],
      [
        ["x-middleware-subrequest", "src/middleware"],
        ["x-middleware-subrequest-id", "1"],
      ],
      [
        ["x-middleware-prefetch", "1"],
        ["purpose", "prefetch"],
      ],
      [
        ["x-middleware-rewrite", "/login"],
        ["x-middleware-next", "1"],
      ],
      [
        ["RSC", "1"],
        ["Next-Router-Prefetch", "1"],
      ],
      [
        ["RSC", "1"],
        ["Next-Router-State-Tree", "%5B%22%22%5D"],
      ],
      [
        ["Next-Router-Segment-Prefetch", "/_tree"],
        ["RSC", "1"],
        ["Next-Router-Prefetch", "1"],
      ],
      [
        ["x-nextjs-data", "1"],
        ["x-invoke-path", "/login"],
        ["x-matched-path", "/login"],
      ],
      [
        ["x-now-route-matches", "1"],
        ["x-asked-path", "//evil.example"],
      ],
      [["Cookie", "bingealert=1; __Host-bingealert=1; authjs.session-token=1"]],
      [
        ["X-HTTP-Method-Override", "GET"],
        ["X-Original-URL", "/users"],
        ["X-Rewrite-URL", "/users"],
      ],
    ];
    for (const sent of headers) {
      const answer = await get({ path: "/users", headers: sent });
      expectOutside(answer, JSON.stringify(sent));
      expect(String(answer.headers.location ?? "")).not.toContain("evil");
    }
  });

  it("is sent on to pages of ours only, after the sign-in", async () => {
    const client = guarded.browser();
    for (const next of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "/login?next=x",
    ]) {
      const page = await client.ask({ path: `/login?next=${encodeURIComponent(next)}` });
      expect(/name="next" value="([^"]*)"/.exec(page.text)?.[1], next).toBe("/");
    }
  });

  it("cannot use the browser of somebody in the local network", async () => {
    const [action] = builtActions().filter(({ name }) => name === "switchLoginAction");
    const victim = guarded.browser(peers.local);
    // DNS rebinding: the page of another name, which now points here.
    for (const host of [
      "evil.example",
      "evil.example:80",
      "192.168.7.20.evil.example",
      "[::1].evil.example",
    ]) {
      const page = await get({ path: "/users", from: peers.local, headers: [["Host", host]] });
      expectOutside(page, host);
      expect(page.status).toBeOneOf([400, 421]);
      const api = await get({
        path: "/api/v1/users",
        from: peers.local,
        headers: [["Host", host]],
      });
      expect(api.status).toBeOneOf([400, 403]);
      if (api.status === 403) expect(JSON.parse(api.text).error.code).toBe("forbidden");
      const health = await get({
        path: "/api/v1/health",
        from: peers.local,
        headers: [["Host", host]],
      });
      expect(health.status).toBe(api.status === 400 ? 400 : 200);
    }
    for (const host of [
      "127.0.0.1",
      "[::1]:8000",
      "tower",
      "tower.local:8000",
      publicHost,
      "localhost",
    ]) {
      const page = await get({ path: "/users", from: peers.local, headers: [["Host", host]] });
      expect(page.status, host).toBe(200);
    }
    // A form or a script of another site.
    const foreign = await victim.act("/settings/security", action?.id ?? "", ["off"], {
      origin: "http://evil.example",
    });
    expect(foreign.text).not.toContain('"done"');
    for (const headers of [
      [["Origin", "http://evil.example"]],
      [["Origin", "null"]],
      [["Sec-Fetch-Site", "cross-site"]],
      [
        ["Sec-Fetch-Site", "same-site"],
        ["Origin", `http://127.0.0.1:${port}`],
      ],
    ] as [string, string][][]) {
      const answer = await victim.ask({
        method: "POST",
        path: "/api/v1/jobs/reconcile/run",
        headers: [...headers, ["Content-Type", "application/json"]],
        body: "{}",
      });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    const jobs = await guarded.sql`select count(*)::int as n from job_runs where trigger = 'admin'`;
    expect(jobs[0]?.n).toBe(0);
    expect((await victim.ask({ path: "/users" })).status).toBe(200);
  });

  it("learns nothing from a refused sign-in, and needs Turnstile's word for each try", async () => {
    const { turnstile, token } = guarded;
    const client = guarded.browser("127.0.0.21");
    const wrongName = await client.signIn({ ...account, name: "nobody", turnstile: token() });
    const wrongPassword = await client.signIn({ ...account, password: "x", turnstile: token() });
    expect(wordsOf(wrongName)).toBe("Name or password is wrong");
    expect(wordsOf(wrongPassword)).toBe(wordsOf(wrongName));
    expect(wordsOf(await client.signIn(account))).toMatch(/Cloudflare did not confirm/);
    const bad = await client.signIn({ ...account, turnstile: "bad" });
    expect(wordsOf(bad)).toMatch(/Cloudflare did not confirm/);
    const used = token();
    await client.signIn({ ...account, password: "x", turnstile: used });
    const replayed = await client.signIn({ ...account, turnstile: used });
    expect(wordsOf(replayed)).toMatch(/Cloudflare did not confirm/);
    for (const mood of ["hang_up", "nonsense", "redirect"] as const) {
      turnstile.mood = mood;
      const answer = await guarded.browser(`127.0.0.2${mood.length}`).signIn({
        ...account,
        turnstile: token(),
      });
      expect(wordsOf(answer), mood).toMatch(/cannot be reached, so sign-in is closed/);
      expect(answer.cookies).toEqual([]);
    }
    turnstile.mood = "answer";
    expect(turnstile.asked.at(-1)).toMatchObject({ secret: planted.TURNSTILE_SECRET_KEY });
    const foreign = await client.signIn(
      { ...account, turnstile: token() },
      { origin: "http://evil.example" },
    );
    expect(foreign.cookies).toEqual([]);
    expect(client.cookies.size).toBe(0);
  });

  it("cannot fix a session beforehand, nor use one that has ended", async () => {
    const client = guarded.browser("127.0.0.31");
    client.cookies.set("bingealert", "chosen-by-the-attacker");
    const answer = await client.signIn({ ...account, turnstile: guarded.token() });
    expect(answer.status).toBe(303);
    const cookie = answer.cookies.find((line) => line.startsWith("bingealert=")) ?? "";
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    const value = client.cookies.get("bingealert") ?? "";
    expect(value).not.toBe("chosen-by-the-attacker");
    expect((await client.ask({ path: "/users" })).text).toContain(behindTheLogin);
    expectOutside(
      await get({ path: "/users", headers: [["Cookie", "bingealert=chosen-by-the-attacker"]] }),
    );

    // The table holds no cookie that could be used.
    const rows = await guarded.sql`select token_hash from admin_sessions`;
    expect(rows.map((row) => row.token_hash)).not.toContain(value);
    expectOutside(
      await get({ path: "/users", headers: [["Cookie", `bingealert=${rows[0]?.token_hash}`]] }),
    );

    const signOut = actionNamed("signOutAction");
    await client.act("/settings/security", signOut.id, []);
    expect(client.cookies.has("bingealert")).toBe(false);
    expectOutside(await get({ path: "/users", headers: [["Cookie", `bingealert=${value}`]] }));
  });

  it("is out at once when a session is ended, or runs out, or the password changes", async () => {
    const [one, other] = [
      await guarded.signedIn("127.0.0.32"),
      await guarded.signedIn("127.0.0.33"),
    ];
    await one.act("/settings/security", actionNamed("endOtherSessionsAction").id, []);
    expectOutside(await other.ask({ path: "/users" }));
    expect((await one.ask({ path: "/users" })).text).toContain(behindTheLogin);
    expect((await one.ask({ path: "/api/v1/users" })).status).toBe(200);

    await guarded.sql`update admin_sessions set created_at = now() - interval '8 days'`;
    expectOutside(await one.ask({ path: "/users" }));

    const before = await guarded.signedIn("127.0.0.34");
    const changed = await before.act("/settings/security", actionNamed("changePasswordAction").id, [
      { name: account.name, current: planted.ADMIN_PASSWORD, fresh: "another-planted-password-1" },
    ]);
    expect(changed.text).toContain("The password was changed");
    expectOutside(await before.ask({ path: "/users" }));
    const wrong = await guarded
      .browser("127.0.0.35")
      .signIn({ ...account, turnstile: guarded.token() });
    expect(wordsOf(wrong)).toBe("Name or password is wrong");
    await resetOnHost(guarded, planted.ADMIN_PASSWORD);
  });

  it("is let in behind a listed proxy that speaks https, with a cookie for https alone", async () => {
    const client = new LoginClient(port, peers.proxy, publicHost);
    const headers: [string, string][] = [
      ["X-Forwarded-For", "203.0.113.80"],
      ["X-Forwarded-Proto", "https"],
    ];
    const answer = await client.signIn(
      { ...account, turnstile: guarded.token() },
      { headers, origin: `https://${publicHost}` },
    );
    expect(answer.status).toBe(303);
    const cookie = answer.cookies.find((line) => line.startsWith("__Host-bingealert=")) ?? "";
    expect(cookie).toMatch(/; Secure/i);
    const page = await client.ask({ path: "/users", headers });
    expect(page.text).toContain(behindTheLogin);
    expect(page.headers["strict-transport-security"]).toBe("max-age=15552000");
    const [row] = await guarded.sql`select address from admin_sessions order by created_at desc`;
    expect(row?.address).toBe("203.0.113.80");
  });

  it("sees strict headers", async () => {
    const page = await get({ path: "/login" });
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toMatch(
      /script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic' https:\/\/challenges/,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(page.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(page.headers["permissions-policy"]).toContain("camera=()");
    expect(page.headers["strict-transport-security"]).toBeUndefined();
    for (const [, attributes = ""] of page.text.matchAll(/<script([^>]*)>/g)) {
      expect(attributes).toContain("nonce=");
    }
    const dashboard = await get({ path: "/users", from: peers.local });
    expect(String(dashboard.headers["content-security-policy"])).not.toContain("cloudflare");
  });

  it("calls the API with a key that is known, within what it may", async () => {
    const admin = await guarded.signedIn("127.0.0.36");
    const make = async (name: string, scope: string) => {
      const answer = await admin.act("/settings/security", actionNamed("createApiKeyAction").id, [
        { name, scope },
      ]);
      const key = /"once":"(ba_[\w-]{43})"/.exec(answer.text)?.[1];
      if (!key) throw new Error(answer.text);
      return key;
    };
    const [reading, changing] = [await make("reader", "read"), await make("writer", "admin")];
    const call = (method: string, key: string, from = "127.0.0.40") =>
      get({
        method,
        path: method === "GET" ? "/api/v1/users" : "/api/v1/jobs/sync-users/run",
        from,
        headers: [
          ["X-Api-Key", key],
          // A key is sent on purpose: where the page comes from does not matter, nor the name.
          ["Origin", "https://elsewhere.example"],
          ["Host", "elsewhere.example"],
        ],
      });
    expect((await call("GET", reading)).status).toBe(200);
    expect((await call("POST", reading)).status).toBe(403);
    expect((await call("GET", changing)).status).toBe(200);
    expect((await call("POST", changing)).status).toBe(202);
    expect((await call("GET", `${reading}x`)).status).toBe(401);
    const stored = await guarded.sql`select name, key_hash, hint from api_keys`;
    expect(JSON.stringify(stored)).not.toContain(reading);
    const [row] = await guarded.sql`select id from api_keys where name = 'reader'`;
    await admin.act("/settings/security", actionNamed("revokeApiKeyAction").id, [Number(row?.id)]);
    expect((await call("GET", reading)).status).toBe(401);
    const statuses: number[] = [];
    for (let index = 0; index < 25; index++) {
      statuses.push((await call("GET", "ba_wrong", "127.0.0.41")).status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await call("GET", changing, "127.0.0.41")).status).toBe(200);
    const pages = await admin.ask({ path: "/settings/security" });
    expect(pages.text).not.toContain(changing);
  });

  it("cannot guess passwords, nor lock the owner out by trying, nor does a restart help", async () => {
    const home = "127.0.0.50";
    await guarded.signedIn(home);
    const attacker = guarded.browser("127.0.0.60");
    let tries = 0;
    for (; tries < 14; tries++) {
      const answer = await attacker.signIn({
        ...account,
        password: `guess-${tries}`,
        turnstile: "bad",
      });
      if (/Too many tries/.test(wordsOf(answer) ?? "")) break;
    }
    expect(tries).toBe(10);
    // From many addresses: the account itself runs out, and a stranger with the right password waits as well.
    await guarded.sql`insert into rate_limits (key, free_at)
      select 'login:account:' || lpad(to_hex(n), 2, '0'), now() + interval '1 hour'
      from generate_series(0, 255) n on conflict (key) do update set free_at = excluded.free_at`;
    const elsewhere = await guarded
      .browser("127.0.0.61")
      .signIn({ ...account, turnstile: guarded.token() });
    expect(wordsOf(elsewhere)).toMatch(/Too many tries/);
    const owner = await guarded.browser(home).signIn({ ...account, turnstile: guarded.token() });
    expect(owner.status).toBe(303);

    const watch = watchFrom(port, "/users", [["X-Forwarded-For", "192.168.7.20"]]);
    process.kill(guarded.app.pidOf("web"), "SIGKILL");
    await wait(500);
    await waitForHealth(guarded.app.url, 200, 60_000, guarded.app.output);
    for (const answer of await watch.stop()) expectOutside(answer);
    const afterwards = await attacker.signIn({ ...account, turnstile: guarded.token() });
    expect(wordsOf(afterwards)).toMatch(/Too many tries/);
  });

  it("is told apart from the owner by a reset on the host, the way back in when nothing else works", async () => {
    const before = await guarded.signedIn("127.0.0.50");
    guarded.turnstile.mood = "hang_up";
    await resetOnHost(guarded, "a-password-from-the-host");
    expectOutside(await before.ask({ path: "/users" }));
    const client = guarded.browser("127.0.0.60");
    const back = await client.signIn({ ...account, password: "a-password-from-the-host" });
    expect(back.status).toBe(303);
    guarded.turnstile.mood = "answer";
    await resetOnHost(guarded, planted.ADMIN_PASSWORD);
  });

  it("sends webhooks only with the secret, which no log repeats", async () => {
    const body = JSON.stringify({ eventType: "Test", instanceName: "Sonarr" });
    const send = (target: string, headers: [string, string][] = []) =>
      get({
        method: "POST",
        path: target,
        from: "127.0.0.70",
        headers: [["Content-Type", "application/json"], ...headers],
        body,
      });
    const secret = planted.WEBHOOK_SECRET;
    const basic = Buffer.from(`any:${secret}`).toString("base64");
    expect((await send("/webhooks/sonarr")).status).toBe(401);
    expect((await send("/webhooks/sonarr?token=wrong")).status).toBe(401);
    expect((await send(`/webhooks/sonarr?token=${secret}`)).status).toBe(200);
    expect((await send("/webhooks/sonarr", [["X-Webhook-Secret", secret]])).status).toBe(200);
    expect((await send("/webhooks/sonarr", [["Authorization", `Bearer ${secret}`]])).status).toBe(
      200,
    );
    expect((await send("/webhooks/sonarr", [["Authorization", `Basic ${basic}`]])).status).toBe(
      200,
    );
    expect((await send("/webhooks/seerr", [["Authorization", secret]])).status).toBe(200);
    const [row] = await guarded.sql`select coalesce(string_agg(to_jsonb(e)::text, ' '), '') as text
      from inbound_events e`;
    expect(row?.text).not.toContain(secret);
  });

  it("finds what was done in the audit, with who, from where and no secret", async () => {
    const admin = await guarded.signedIn("127.0.0.80");
    await admin.act("/settings/security", actionNamed("saveSecurityAction").id, [
      { ALLOWED_HOSTS: "media.example.net" },
    ]);
    const entries = await guarded.sql`select * from audit_entries order by id`;
    const saved = entries.findLast((entry) => entry.action === "Saved");
    expect(saved).toMatchObject({
      actor: account.name,
      address: "127.0.0.80",
      before: { ALLOWED_HOSTS: "" },
      after: { ALLOWED_HOSTS: "media.example.net" },
    });
    expect(entries.map((entry) => entry.action)).toEqual(
      expect.arrayContaining([
        "Signed in",
        "The key was made",
        "Changed a password and signed out everywhere",
      ]),
    );
    expect(entries.find((entry) => entry.actor === "key writer")).toMatchObject({
      subject: "job sync-users",
    });
    const page = await admin.ask({ path: "/settings/security" });
    expect(page.text).toContain("media.example.net");
    said.push(page.text, JSON.stringify(entries));
    const locked = await admin.act("/settings/security", actionNamed("saveSecurityAction").id, [
      { LOCAL_NETWORKS: "0.0.0.0/0" },
    ]);
    expect(locked.text).toContain("set by the environment");
  });

  for (const name of ["nginx", "Caddy"] as const) {
    it.skipIf(!findProxy(name) && !process.env.CI)(
      `comes through ${name} with its usual settings`,
      async () => {
        const proxy = await startProxy(name, port);
        const front = proxy.port;
        try {
          const through = (from: string, headers: [string, string][] = []) =>
            ask(front, { path: "/users", from, headers: [["Host", publicHost], ...headers] });
          expect((await through(peers.local)).text).toContain(behindTheLogin);
          expectOutside(await through(peers.stranger));
          // What a stranger wrote is dropped, or the address the proxy sees stands behind it.
          expectOutside(await through(peers.stranger, [["X-Forwarded-For", "192.168.7.20"]]));
          expectOutside(await through(peers.stranger, [["X-Real-IP", "192.168.7.20"]]));
          const written = await through(peers.local, [["X-Forwarded-For", "203.0.113.1"]]);
          expect(written.status).toBe(200);
          const client = new LoginClient(
            front,
            name === "nginx" ? "127.0.0.90" : "127.0.0.91",
            publicHost,
          );
          const answer = await client.signIn(
            { ...account, turnstile: guarded.token() },
            { origin: `http://${publicHost}` },
          );
          expect(answer.status).toBe(303);
          const page = await client.ask({ path: "/users" });
          expect(page.text).toContain(behindTheLogin);
          const cause = () => guarded.sql.notify(changesChannel, "requests");
          const update = { port: front, from: peers.local, host: publicHost, cause };
          expect(await hearsOf("requests", update)).toBe(true);
        } finally {
          await proxy.stop();
        }
      },
    );
  }

  it("finds no secret in any answer, in the log, or among the processes", async () => {
    for (const target of ["/health", "/login", "/api/v1/nothing", "/webhooks/plex"]) {
      await get({ path: target });
    }
    const processes = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8");
        } catch {
          return "";
        }
      });
    const places = { answers: said, log: [guarded.app.output()], processes };
    for (const [place, texts] of Object.entries(places)) {
      for (const [name, secret] of Object.entries(planted)) {
        expect(
          texts.some((text) => text.includes(secret)),
          `${name} in ${place}`,
        ).toBe(false);
      }
    }
    expect(guarded.app.output()).toContain("webhook refused");
  });
});

function actionNamed(name: string) {
  const found = builtActions().find((action) => action.name === name);
  if (!found) throw new Error(`No action is named ${name}`);
  return found;
}

/** Not in: nothing of what is behind the login, and no good answer but the login page itself. */
function expectOutside(answer: RawAnswer, about = ""): void {
  expect(answer.text, about).not.toContain(behindTheLogin);
  const isLoginPage = answer.status === 200 && answer.text.includes("Sign in to BingeAlert");
  if (!isLoginPage) expect(answer.status, about).toBeGreaterThanOrEqual(300);
}

/** The headline of a refused sign-in. */
function wordsOf(answer: RawAnswer): string | undefined {
  return /role="status"[^>]*>.*?<div class="font-medium">([^<]*)</s.exec(answer.text)?.[1];
}

/** What the admin types on the machine itself. */
async function resetOnHost(guarded: GuardedApp, password: string): Promise<void> {
  execFileSync(process.execPath, [path.join(root, "dist", "admin.mjs"), "reset-password"], {
    cwd: root,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      DATABASE_URL: guarded.env.DATABASE_URL,
      CONFIG_DIR: guarded.env.CONFIG_DIR,
    },
    input: `${password}\n`,
    stdio: ["pipe", "pipe", "pipe"],
  });
}
