import { createServer } from "node:net";
import postgres from "postgres";
import { FakeTurnstile } from "../../support/fake-turnstile";
import { LoginClient } from "../../support/login-client";
import { createTestDatabase } from "../../support/postgres";
import { ask, type RawAnswer } from "../../support/raw-http";
import { type RunningApp, startApp, temporaryConfigFolder } from "../../support/running-app";

/** Secrets of the running app: none may come out of it anywhere. */
export const planted = {
  APP_SECRET_KEY: "planted-app-secret-key-5b1c",
  ADMIN_PASSWORD: "planted-admin-password-77aa",
  WEBHOOK_SECRET: "planted-webhook-secret-31fe",
  TURNSTILE_SECRET_KEY: "planted-turnstile-secret-09ab",
  JELLYSEERR_API_KEY: "planted-seerr-key-2d3e",
  PLEX_TOKEN: "planted-plex-token-8c4f",
  SMTP_PASSWORD: "planted-smtp-password-6e5d",
};

/** A person whose name is on the users page: whoever reads it is in. */
export const behindTheLogin = "Wilhelmina Quillfeather";

export const publicHost = "binge.example.net";

/** Where connections come from. */
export const peers = {
  stranger: "127.0.0.1",
  proxy: "127.0.0.5",
  local: "127.0.0.7",
} as const;

export type GuardedApp = {
  app: RunningApp;
  port: number;
  env: Record<string, string>;
  sql: postgres.Sql;
  turnstile: FakeTurnstile;
  /** What strangers with forged headers were answered while it started. */
  duringStart: RawAnswer[];
  /** A fresh browser from an address of its own. */
  browser: (from?: string) => LoginClient;
  /** A Turnstile token that counts once. */
  token: () => string;
  signedIn: (from?: string) => Promise<LoginClient>;
  stop: () => Promise<void>;
};

export const account = { name: "marta", password: planted.ADMIN_PASSWORD };

const forged: [string, string][] = [
  ["X-Forwarded-For", "192.168.7.20"],
  ["X-Real-IP", "192.168.7.20"],
  ["Forwarded", "for=192.168.7.20"],
];

/** The built app with login on, a local network, a listed proxy and Turnstile. */
export async function startGuardedApp(): Promise<GuardedApp> {
  const database = await createTestDatabase();
  const turnstile = new FakeTurnstile();
  const config = temporaryConfigFolder();
  await turnstile.start();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  await sql`insert into users (seerr_user_id, display_name, email)
    values (1, ${behindTheLogin}, 'wilhelmina@example.net')`;
  const port = await freePort();
  const env = {
    DATABASE_URL: database.url,
    CONFIG_DIR: config.folder,
    PORT: String(port),
    AUTH_ENABLED: "true",
    ADMIN_USERNAME: account.name,
    LOCAL_NETWORKS: `${peers.local}, 192.168.7.0/24, fd00:7::/64`,
    TRUSTED_PROXIES: `${peers.proxy} 10.20.0.0/16`,
    PUBLIC_BASE_URL: `https://${publicHost}`,
    TURNSTILE_SITE_KEY: "1x00000000000000000000AA",
    TURNSTILE_VERIFY_URL: `${turnstile.url}/siteverify`,
    // Nothing answers there.
    JELLYSEERR_URL: "http://127.0.0.1:9",
    PLEX_URL: "http://127.0.0.1:9",
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: "9",
    SMTP_SECURITY: "none",
    SMTP_FROM: "cinema@example.net",
    ...planted,
  };
  const watch = watchFrom(port, "/users", forged);
  const app = await startApp(env);
  const duringStart = await watch.stop();

  let tokens = 0;
  const token = () => {
    tokens += 1;
    return `good-${tokens}`;
  };
  const browser = (from: string = peers.stranger) => new LoginClient(port, from);
  return {
    app,
    port,
    env,
    sql,
    turnstile,
    duringStart,
    browser,
    token,
    signedIn: async (from) => {
      const client = browser(from);
      const answer = await client.signIn({ ...account, turnstile: token() });
      if (answer.status !== 303) throw new Error(`Not signed in: ${answer.status} ${answer.text}`);
      return client;
    },
    stop: async () => {
      await app.stop();
      await sql.end({ timeout: 1 });
      await turnstile.stop();
      await database.drop();
      config.remove();
    },
  };
}

/** Asks without a pause, before anything listens, until stopped: what was answered, from the first one on. */
export function watchFrom(
  port: number,
  path: string,
  headers: [string, string][],
): { stop: () => Promise<RawAnswer[]> } {
  const answers: RawAnswer[] = [];
  let stopped = false;
  const asking = (async () => {
    while (!stopped) {
      try {
        answers.push(await ask(port, { path, headers }));
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await asking;
      return answers;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address && typeof address === "object" ? address.port : 0;
}
