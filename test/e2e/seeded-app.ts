import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { openDatabase } from "@/lib/store/db";
import type { Mailbox } from "../support/mailbox";
import type { TestDatabase } from "../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { seedRuns } from "../support/seed-health";
import { seedSample } from "../support/seed-sample";
import { MediaStack } from "../support/upstreams/media-stack";

export type SeededApp = {
  app: RunningApp;
  sql: postgres.Sql;
  mailbox: Mailbox;
  configDir: string;
  /** Starts it again after `app.stop()`, at the same address. */
  startAgain: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Signs the links in mails, so that tests can make one. */
export const secretKey = "the-secret-key-of-the-seeded-app";

/**
 * The built application over a lively household, or over nothing at all and unconfigured, with further settings; outside
 * of tests over a migrated database that is given.
 */
export async function startSeededApp(
  content: "household" | "nothing",
  given: { database?: TestDatabase; env?: Record<string, string> } = {},
): Promise<SeededApp> {
  const database =
    given.database ?? (await (await import("../support/postgres")).createTestDatabase());
  const isHousehold = content === "household";
  const stack = new MediaStack();
  const config = temporaryConfigFolder();
  await stack.start();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  if (!isHousehold) await (await import("../support/postgres")).markSetUp(database.url);
  const services = {
    ...stack.env(),
    SMTP_FROM: "The Attic Cinema <cinema@example.net>",
    MAIL_SERVER_NAME: "The Attic Cinema",
    PUBLIC_BASE_URL: "https://cinema.example.net",
  };
  const env = {
    APP_SECRET_KEY: secretKey,
    DATABASE_URL: database.url,
    CONFIG_DIR: config.folder,
    ...(isHousehold ? services : {}),
    ...given.env,
  };
  if (isHousehold) await settle(database.url);
  let app = await startApp(env);
  const { url, port } = app;
  if (isHousehold) await moveIn(sql, database.url);
  return {
    app,
    sql,
    mailbox: stack.mailbox,
    configDir: config.folder,
    startAgain: async () => {
      app = await startApp({ ...env, PORT: String(port) });
      if (app.url !== url) throw new Error(`It is at ${app.url} now, not at ${url}`);
    },
    stop: async () => {
      await app.stop();
      await sql.end({ timeout: 1 });
      await stack.stop();
      await database.drop();
      config.remove();
    },
  };
}

/** Lets the last checks lie behind, so that a first start begins none but the one of every start. */
async function settle(databaseUrl: string): Promise<void> {
  const seeding = openDatabase(databaseUrl, { max: 1, name: "seeding" });
  await seedRuns(seeding.db, new Date());
  await seeding.close();
}

/**
 * Fills in the household once the check of the first start is over: the services know nothing of it, and a check
 * would find everybody gone. The next one is due in an hour and a half.
 */
async function moveIn(sql: postgres.Sql, databaseUrl: string): Promise<void> {
  const checks = () => sql`select id from job_runs where trigger = 'start' and name = 'reconcile'
    and finished_at is not null`;
  for (const until = Date.now() + 30_000; (await checks()).length === 0; await sleep(50)) {
    if (Date.now() > until) throw new Error("The check of the first start does not end");
  }
  await sql`delete from job_runs where trigger = 'start'`;
  await sql`delete from users`;
  const seeding = openDatabase(databaseUrl, { max: 1, name: "seeding" });
  await seedSample(seeding.db, new Date());
  await seeding.close();
  await givePosters(sql, "requests");
  await givePosters(sql, "notifications");
}

/** The sample's titles are those of the simulated stack, which has a poster for each. */
async function givePosters(sql: postgres.Sql, table: "requests" | "notifications"): Promise<void> {
  await sql`update ${sql(table)}
    set poster_path = '/' || replace(replace(lower(title), ' & ', '-and-'), ' ', '-') || '.png'
    where poster_path is not null`;
}
