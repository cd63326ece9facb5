import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { people } from "../support/upstreams/catalogue";
import type { ImportedFile } from "../support/upstreams/imported-file";
import { type MediaStack, startMediaStack } from "../support/upstreams/media-stack";
import type { SeerrUser } from "../support/upstreams/seerr-model";
import { noBrowser, openBrowser, openPage, visit, type WatchedPage } from "./browser";

/** The demo's household in a browser: what the admin sees while a show is asked for, fetched, played and told. */
describe.skipIf(noBrowser)("a request, from the question to the mail", () => {
  let browser: Browser;
  let stack: MediaStack;
  let database: TestDatabase;
  let app: RunningApp;
  let anna: SeerrUser;
  let view: WatchedPage;
  let files: ImportedFile[];
  const config = temporaryConfigFolder();

  beforeAll(async () => {
    [browser, stack, database] = await Promise.all([
      openBrowser(),
      startMediaStack(),
      createTestDatabase(),
    ]);
    anna = stack.seerr.addUser(people.anna);
    stack.seerr.addUser(people.mira);
    app = await startApp({
      ...stack.env(),
      DATABASE_URL: database.url,
      CONFIG_DIR: config.folder,
      PUBLIC_BASE_URL: "https://cinema.example.net",
      NOTIFICATION_INITIAL_DELAY_SECONDS: "1",
      NOTIFICATION_EXTENSION_DELAY_SECONDS: "1",
      NOTIFICATION_MAX_WAIT_SECONDS: "300",
      NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
    });
    view = await openPage(browser, app.url);
    await visit(view.page, "/");
    await view.page.getByText(/requests? compared/).waitFor({ timeout: 30_000 });
    stack.connect(app.url);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await stack?.stop();
    await database?.drop();
    config.remove();
  });

  it("appears by itself, waits for Plex in words, and turns to told when the mail has left", async () => {
    const { page } = view;
    const { tidewaterRoad } = stack.titles;
    await visit(page, "/requests");
    await stack.seerr.request({
      user: anna,
      title: tidewaterRoad,
      seasons: [3],
      autoApprove: true,
    });
    // No reload from here on: what changes arrives by itself.
    await stampPage(page);
    const row = page.locator("tbody [data-row-link]", { hasText: "Tidewater Road" });
    await row.waitFor();
    await row.click();
    await page.getByRole("heading", { name: "Tidewater Road" }).waitFor();

    await stack.sonarr.grab(tidewaterRoad, 3, [1, 2]);
    files = await stack.sonarr.import(tidewaterRoad, 3, [1, 2]);
    const timeline = page.locator("ol");
    await timeline
      .getByText(/Waiting for Plex to show/)
      .first()
      .waitFor();
    expect(stack.mailbox.messages).toHaveLength(0);

    stack.plex.show(files);
    const [mail] = await stack.mailbox.waitFor(1, 20_000);
    expect(mail).toMatchObject({ envelopeTo: [people.anna.email] });
    expect(mail?.text).toContain("The Breakwater");
    await timeline.getByText("Told Anna Lindqvist:").waitFor();
    await page.locator(".verdict", { hasText: /Anna was told about 2 of 8 episodes/ }).waitFor();
    await expectSamePage(page);
    expect(view.complaints).toEqual([]);
  });

  it("attaches a person, tells them what is there, and takes them away again", async () => {
    const { page } = view;
    await page.getByRole("button", { name: "Add people" }).click();
    await page.getByRole("checkbox", { name: /Mira Okafor/ }).check();
    await page.getByRole("checkbox", { name: /already there/ }).check();
    await page.getByRole("button", { name: "Attach 1 person" }).click();
    await page.getByText("1 person attached").waitFor();
    const mails = await stack.mailbox.waitFor(2, 20_000);
    expect(mails.map((mail) => mail.envelopeTo.join())).toEqual([
      people.anna.email,
      people.mira.email,
    ]);
    await page.locator("ol").getByText("Told Mira Okafor:").waitFor();

    const person = page.locator("li", { hasText: "Attached by" });
    await person.hover();
    await person.getByRole("button", { name: "Take Mira away" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take Mira away" }).click();
    await page.locator("li", { hasText: "Attached by" }).waitFor({ state: "detached" });
    expect(view.complaints).toEqual([]);
  });

  it("checks one request, and everything, by a button", async () => {
    const { page } = view;
    await page.getByRole("button", { name: "Check now" }).click();
    await page.locator("ol").getByText("Asked Sonarr what is there").waitFor();

    await visit(page, "/");
    const told = page.getByText(/Last full check at/);
    const before = await told.textContent();
    await page.getByRole("button", { name: "Check for missed" }).click();
    await page.getByText("Checking for what was missed").waitFor();
    await told.filter({ hasText: "1 request compared" }).waitFor();
    expect(await told.textContent()).not.toBe(before);
    expect(stack.mailbox.messages).toHaveLength(2);
    expect(view.complaints).toEqual([]);
  });

  it("rehearses an event without changing anything, and replays it", async () => {
    const { page } = view;
    await visit(page, "/inbox?source=sonarr");
    await page.locator("[data-row-link]", { hasText: "Import" }).first().click();
    await page.waitForURL(/\/inbox\/\d+/);
    const count = await page.locator("[data-row-link]").count();
    await page.getByRole("button", { name: "Dry run" }).click();
    await page.getByText("Dry run: replaying this now would send nothing").waitFor();
    await page.reload();
    await visit(page, page.url());
    expect(await page.locator("[data-row-link]").count()).toBe(count);

    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText(/Replayed as event \d+/).waitFor();
    await page.waitForFunction(
      (n) => document.querySelectorAll("[data-row-link]").length === n + 1,
      count,
    );
    expect(stack.mailbox.messages).toHaveLength(2);
    expect(view.complaints).toEqual([]);
  });

  it("lets the person unsubscribe from the mail, and come back", async () => {
    const link =
      stack.mailbox.messages[0]?.text.match(/https:\/\/\S+\/u\/\S+\/unsubscribe/)?.[0] ?? "";
    const { page, context, complaints } = await openPage(browser, app.url, {
      theme: "light",
      width: 390,
    });
    await page.goto(new URL(link).pathname);
    await page.getByRole("button", { name: "Unsubscribe" }).click();
    await page.getByText("You get no more mails").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("You get no more mails").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** A mark that a reload would lose. */
const stampPage = (page: Page) => page.evaluate(() => Object.assign(window, { stamped: true }));

async function expectSamePage(page: Page): Promise<void> {
  expect(await page.evaluate(() => "stamped" in window), "the page was not reloaded").toBe(true);
}
