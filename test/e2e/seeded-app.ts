import postgres from "postgres";
import { openDatabase } from "@/lib/store/db";
import { Mailbox } from "../support/mailbox";
import type { TestDatabase } from "../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { seedSample } from "../support/seed-sample";
import { FakeTmdbImages } from "../support/upstreams/poster-files";

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
 * The built application over a lively household, or over nothing at all and unconfigured; outside of tests over a
 * migrated database that is given.
 */
export async function startSeededApp(
  content: "household" | "nothing",
  given?: TestDatabase,
): Promise<SeededApp> {
  const database = given ?? (await (await import("../support/postgres")).createTestDatabase());
  const tmdb = new FakeTmdbImages();
  const mailbox = new Mailbox();
  const config = temporaryConfigFolder();
  await Promise.all([tmdb.start(), mailbox.start()]);
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  if (content === "household") {
    const seeding = openDatabase(database.url, { max: 1, name: "seeding" });
    await seedSample(seeding.db, new Date());
    await seeding.close();
    await givePosters(sql, "requests");
    await givePosters(sql, "notifications");
  }
  if (content === "nothing") await (await import("../support/postgres")).markSetUp(database.url);
  const services = {
    // Nothing answers there: what waits for Plex goes on waiting while one looks.
    PLEX_URL: "http://127.0.0.1:9",
    PLEX_TOKEN: "plex-token",
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(mailbox.port),
    SMTP_SECURITY: "none",
    SMTP_FROM: "The Attic Cinema <cinema@example.net>",
    MAIL_SERVER_NAME: "The Attic Cinema",
    TMDB_IMAGE_URL: tmdb.url,
    PUBLIC_BASE_URL: "https://cinema.example.net",
  };
  const env = {
    APP_SECRET_KEY: secretKey,
    DATABASE_URL: database.url,
    CONFIG_DIR: config.folder,
    ...(content === "household" ? services : {}),
  };
  let app = await startApp(env);
  const { url, port } = app;
  return {
    app,
    sql,
    mailbox,
    configDir: config.folder,
    startAgain: async () => {
      app = await startApp({ ...env, PORT: String(port) });
      if (app.url !== url) throw new Error(`It is at ${app.url} now, not at ${url}`);
    },
    stop: async () => {
      await app.stop();
      await sql.end({ timeout: 1 });
      await Promise.all([tmdb.stop(), mailbox.stop()]);
      await database.drop();
      config.remove();
    },
  };
}

/** The sample's titles are those of the simulated stack, which has a poster for each. */
async function givePosters(sql: postgres.Sql, table: "requests" | "notifications"): Promise<void> {
  await sql`update ${sql(table)}
    set poster_path = '/' || replace(replace(lower(title), ' & ', '-and-'), ' ', '-') || '.png'
    where poster_path is not null`;
}
