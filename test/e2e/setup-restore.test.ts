import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { FakeTmdbImages } from "../support/upstreams/poster-files";
import { seriousViolations } from "./accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways } from "./browser";
import { pressByKey, typeInto, waitForFocusOnTitle } from "./keyboard";
import { startSeededApp } from "./seeded-app";

/** A household that moves: its backup is restored into a new installation, in place of set-up. */
describe.skipIf(noBrowser)("restoring in place of set-up", () => {
  let browser: Browser;
  let database: TestDatabase;
  let app: RunningApp;
  const tmdb = new FakeTmdbImages();
  const config = temporaryConfigFolder();
  const file = path.join(config.folder, "household.backup");

  beforeAll(async () => {
    [browser, database] = await Promise.all([openBrowser(), createTestDatabase()]);
    await tmdb.start();
    app = await startApp({
      DATABASE_URL: database.url,
      CONFIG_DIR: config.folder,
      TMDB_IMAGE_URL: tmdb.url,
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await tmdb.stop();
    await database?.drop();
    config.remove();
  });

  it("takes a backup from this computer, with the keyboard alone, and ends set-up", async () => {
    writeFileSync(file, await backupOfHousehold());
    const { page, context, complaints } = await openPage(browser, app.url);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await page.goto("/setup");
    await pressByKey(page, page.getByRole("link", { name: "Restore a backup" }));
    await page.waitForURL(/\/setup\/restore$/);
    await waitForFocusOnTitle(page);
    await page.getByText("There is no backup on this machine yet: upload one.").waitFor();

    const chooser = page.waitForEvent("filechooser");
    await pressByKey(page, button("Upload"));
    await (await chooser).setFiles(file);
    await page.getByRole("row", { name: /Uploaded/ }).waitFor();
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await scrollsSideways(page)).toBe(false);

    await pressByKey(page, button("Restore"));
    const dialog = page.getByRole("dialog", { name: "Go back to this backup?" });
    await dialog.getByText("No mail will be sent.").waitFor();
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    await typeInto(page, dialog.getByLabel("Type “restore” to go on"), "restore");
    await pressByKey(page, button("Restore this backup"));

    await page.waitForURL(/\/setup\/done$/, { timeout: 60_000 });
    await page.getByRole("heading", { name: "That is all. BingeAlert listens." }).waitFor();
    await pressByKey(page, page.getByRole("link", { name: "Open the dashboard" }));
    await page.getByRole("link", { name: "Requests" }).first().waitFor();
    await page.goto("/requests");
    await page.getByRole("link", { name: "Tidewater Road" }).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();

    const sql = postgres(database.url, { max: 1 });
    const moving = await sql`select status, count(*)::int from notifications
      where status in ('scheduled', 'sending', 'retrying') group by status`;
    await sql.end();
    expect(moving, "what was under way does not leave by itself").toEqual([]);
  });
});

/** The file as the household's own server hands it out. */
async function backupOfHousehold(): Promise<Buffer> {
  const household = await startSeededApp("household");
  const api = (route: string, method = "GET") =>
    fetch(`${household.app.url}/api/v1/backups${route}`, {
      method,
      headers: { Origin: household.app.url },
    });
  try {
    expect((await api("", "POST")).ok).toBe(true);
    const made = async () => (await (await api("")).json()).backups[0]?.id as string | undefined;
    await expect.poll(made, { timeout: 30_000 }).toBeDefined();
    return Buffer.from(await (await api(`/${await made()}/file`)).arrayBuffer());
  } finally {
    await household.stop();
  }
}
