import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, markSetUp, type TestDatabase } from "../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { type MediaStack, startMediaStack } from "../support/upstreams/media-stack";
import {
  noBrowser,
  openBrowser,
  openPage,
  scrollsSideways,
  visit,
  type WatchedPage,
} from "./browser";

/** An empty installation, set up once without a connection, in which everything is connected from the pages alone. */
describe.skipIf(noBrowser)("the settings", () => {
  let browser: Browser;
  let stack: MediaStack;
  let database: TestDatabase;
  let app: RunningApp;
  let view: WatchedPage;
  const config = temporaryConfigFolder();
  const envFile = () => readFileSync(path.join(config.folder, ".env"), "utf8");

  beforeAll(async () => {
    [browser, stack, database] = await Promise.all([
      openBrowser(),
      startMediaStack(),
      createTestDatabase(),
    ]);
    await markSetUp(database.url);
    app = await startApp({
      DATABASE_URL: database.url,
      CONFIG_DIR: config.folder,
      SMTP_FROM: "The Attic Cinema <cinema@example.net>",
    });
    view = await openPage(browser, app.url);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await stack?.stop();
    await database?.drop();
    config.remove();
  });

  it("connects Seerr after saying what is wrong with the key", async () => {
    const { page } = view;
    await visit(page, "/settings");
    await page.waitForURL(/\/settings\/services$/);
    await page.getByLabel("Seerr address").fill(`${stack.seerr.url}/`);
    await page.getByLabel("Seerr API key").fill("a wrong key");
    await page.getByRole("button", { name: "Test", exact: true }).first().click();
    await page.getByText(/refused the key/).waitFor();
    await page.getByText("Copy its API key anew from its settings").waitFor();

    await page.getByLabel("Seerr API key").fill(stack.seerr.apiKey);
    await page.getByRole("button", { name: "Test again" }).click();
    await page.getByText("Seerr answers and the key works").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("2 settings saved").waitFor();
    expect(envFile()).toContain(`JELLYSEERR_URL=${stack.seerr.url}/\n`);
    expect(await page.content()).not.toContain(stack.seerr.apiKey);
    expect(view.complaints).toEqual([]);
  });

  it("adds, changes and removes a Radarr, and its address survives untouched", async () => {
    const { page } = view;
    await visit(page, "/settings/services");
    const add = page.getByRole("button", { name: "Add Radarr" });
    const hasFocus = (place: Locator) =>
      expect.poll(() => place.evaluate((it) => it === document.activeElement)).toBe(true);
    await add.click();
    await hasFocus(page.getByLabel("Name"));
    await page.getByRole("button", { name: "Cancel" }).click();
    await hasFocus(add);
    await add.click();
    const url = "https://home.example.net:8443/radarr/uhd";
    await page.getByLabel("Name").fill("Radarr 4K");
    await page.getByLabel("Serves").selectOption("4k");
    await page.getByLabel("Address").fill(url);
    await page.getByLabel("API key").last().fill("0123456789abcdef0123456789abcdef");
    await page.locator("form").getByRole("button", { name: "Add Radarr" }).click();
    await page.getByText("Radarr 4K was added").waitFor();
    await page.getByRole("heading", { name: "Radarr 4K" }).waitFor();

    await page.getByRole("button", { name: "Edit Radarr 4K" }).click();
    expect(await page.getByLabel("Address").inputValue()).toBe(url);
    await page.getByPlaceholder("••••••••cdef").waitFor();
    await page.getByLabel("Name").fill("Cinema 4K");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Cinema 4K was saved").waitFor();
    expect(envFile()).toContain(`RADARR_URL=${url}\n`);
    expect(envFile()).toContain("RADARR_API_KEY=0123456789abcdef0123456789abcdef\n");

    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove Cinema 4K" }).click();
    await page.getByText("It was removed").waitFor();
    await page.getByRole("heading", { name: "Cinema 4K" }).waitFor({ state: "detached" });
    expect(envFile()).not.toContain("RADARR_");
    expect(view.complaints).toEqual([]);
  });

  it("shows what batching numbers mean, refuses what does not fit, and keeps what does", async () => {
    const { page } = view;
    await visit(page, "/settings/batching");
    await page
      .getByText(/Episodes at minute 0, 2 and 5 go out in one mail after 8 minutes/)
      .waitFor();
    await page.getByLabel("Initial delay").fill("60");
    await page.getByText(/The first episode goes out after 60 seconds/).waitFor();
    await page.getByText("1 change not saved:").waitFor();

    await page.getByLabel("Initial delay").fill("99999");
    await page.getByRole("button", { name: "Save" }).click();
    await page
      .getByText("Initial delay is a whole number from 0 to 1800 seconds")
      .first()
      .waitFor();
    expect(await page.getByLabel("Initial delay").inputValue()).toBe("99999");

    await page.getByLabel("Initial delay").fill("90");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("1 setting saved").waitFor();
    await page.reload();
    await visit(page, "/settings/batching");
    expect(await page.getByLabel("Initial delay").inputValue()).toBe("90");
    expect(view.complaints).toEqual([]);
  });

  it.each([
    ["/settings/batching", "NOTIFICATION_CHECK_FREQUENCY_SECONDS", "1 setting saved"],
    ["/settings/security", "SESSION_TIMEOUT_HOURS", "Saved"],
  ])(
    "%s shows no old value after saving, and keeps what is typed before the page is read anew",
    async (path, name, words) => {
      const { page, complaints } = view;
      await visit(page, path);
      // The page is read anew when the test says so.
      let letRead = () => {};
      const isTyped = new Promise<void>((resolve) => {
        letRead = resolve;
      });
      let reads = 0;
      await page.route(/[?&]_rsc=/, async (route) => {
        if (route.request().headers()["next-router-prefetch"]) return route.continue();
        await isTyped;
        await route.fulfill({ response: await route.fetch() });
        reads += 1;
      });
      const field = page.locator(`#${name} input, input[name=${name}]`);
      await field.fill("31");
      await page.locator("form", { has: field }).getByRole("button", { name: "Save" }).click();
      await page.getByText(words, { exact: true }).first().waitFor();
      expect(await field.inputValue()).toBe("31");
      await field.fill("32");
      letRead();
      await expect.poll(() => reads, { timeout: 15_000 }).toBeGreaterThan(0);
      // Time to draw what was read.
      await page.waitForTimeout(500);
      expect(await field.inputValue()).toBe("32");
      await page.unrouteAll({ behavior: "wait" });
      expect(complaints).toEqual([]);
    },
  );

  it("keeps a secret unseen, replaces it, and takes it away", async () => {
    const { page } = view;
    await visit(page, "/settings/mail");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
    await page.getByLabel("Port").fill(String(stack.mailbox.port));
    await page.getByLabel("Security").selectOption({ label: "None" });
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("4 settings saved").waitFor();
    await page.getByText("Set by the environment").waitFor();
    await visit(page, "/settings/mail");
    expect(await page.content()).not.toContain("correct horse");
    expect(await page.getByLabel("Password").inputValue()).toBe("••••••••tery");

    await page.getByLabel("Admin address").fill("admin@example.net");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("1 setting saved").waitFor();
    expect(envFile()).toContain("SMTP_PASSWORD='correct horse battery'\n");

    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Password taken away").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(envFile).not.toContain("SMTP_PASSWORD");
    expect(view.complaints).toEqual([]);
  });

  it("sends a test mail with what was saved a moment ago, without a restart", async () => {
    const { page } = view;
    await visit(page, "/settings/mail");
    await page.getByRole("button", { name: "Test the connection" }).click();
    await page.getByText("127.0.0.1 answers").waitFor();
    await page.getByLabel("Send a test mail to").fill("anna@example.net");
    await page.getByRole("button", { name: "Send test mail" }).click();
    await page.getByText("The test mail is on its way").waitFor();
    const [mail] = await stack.mailbox.waitFor(1, 20_000);
    expect(mail?.envelopeTo).toEqual(["anna@example.net"]);
    expect(view.complaints).toEqual([]);
  });

  it("shows every kind of mail as its look is typed, takes a logo, and sends a sample", async () => {
    const { page } = view;
    await visit(page, "/settings/appearance");
    const mail = page.frameLocator("iframe[title='Preview of the mail']");
    await mail.getByText("Play in Plex").waitFor();
    await page.getByLabel("Server name").fill("Cinema <img src=x onerror=alert(1)>");
    await mail.getByText("Cinema <img src=x onerror=alert(1)>").first().waitFor();
    await page.getByLabel("Accent colour").fill("#fffbe0");
    await page.getByText(/hard to tell from the light card/).waitFor();

    await page.getByLabel("Language", { exact: true }).selectOption({ label: "Deutsch" });
    await mail.getByText("In Plex ansehen").waitFor();
    await page.getByText(/^Beispiel: Tidewater Road: /).waitFor();
    await page.getByLabel("Language", { exact: true }).selectOption({ label: "English" });
    await mail.getByText("Play in Plex").waitFor();

    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="9"/></svg>';
    await page.getByLabel("Picture for the logo").setInputFiles({
      name: "logo.svg",
      mimeType: "image/svg+xml",
      buffer: Buffer.from(drawing),
    });
    await page.getByText("The logo was saved").waitFor();
    await mail.locator("img[width='26'][src^='data:image/png']").waitFor();
    await page.getByLabel("Picture for the logo").setInputFiles({
      name: "logo.png",
      mimeType: "image/png",
      buffer: Buffer.from("no picture at all"),
    });
    await page.getByText("This file is no picture the browser can read.").waitFor();

    for (const kind of ["weekly_summary", "quality_waiting", "service_down"]) {
      await page.getByLabel("Mail", { exact: true }).selectOption(kind);
      await page.getByText(/^Sample: /).waitFor();
      await mail.getByText("This is a sample. Nothing of it has happened.").last().waitFor();
    }
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page
      .locator("pre")
      .getByText(/Sonarr does not answer/)
      .waitFor();
    const before = stack.mailbox.messages.length;
    await page.getByLabel("Send this sample to").fill("anna@example.net");
    await page.getByRole("button", { name: "Send sample" }).click();
    await page.getByText("The sample is on its way").waitFor();
    const mails = await stack.mailbox.waitFor(before + 1, 20_000);
    expect(mails.at(-1)?.subject).toBe("Sample: Sonarr is down");
    // What was typed was looked at and sent, but never saved.
    await page.reload();
    await visit(page, "/settings/appearance");
    expect(await page.getByLabel("Server name").inputValue()).toBe("BingeAlert");
    expect(view.complaints).toEqual([]);
  });

  it("asks for a show in somebody's name, and the request is there", async () => {
    const { page } = view;
    const show = stack.world.addShow({
      title: "Granite Ferry",
      seasons: { 1: 2, 2: 3 },
      posterPath: null,
    });
    stack.seerr.addUser({ displayName: "Anna Berg", email: "anna@example.net" });
    await fetch(`${app.url}/api/v1/jobs/sync-users/run`, { method: "POST" });
    await expect
      .poll(async () => (await fetch(`${app.url}/api/v1/users`)).text(), { timeout: 20_000 })
      .toContain("Anna Berg");
    await visit(page, "/requests");
    await page.getByRole("button", { name: "Request for somebody" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill("granite");
    await dialog.getByRole("button", { name: "Search" }).click();
    await dialog.getByRole("button", { name: /Granite Ferry/ }).click();
    await dialog.getByLabel(/Season 1/).uncheck();
    await dialog.getByLabel("For", { exact: true }).selectOption({ label: "Anna Berg" });
    await dialog.getByRole("button", { name: "Ask for 1 season" }).click();
    await page.waitForURL(/\/requests\/\d+$/);
    await page.getByText("Asked for it in the name of Anna Berg").waitFor();
    expect(stack.seerr.userRequests.at(-1)).toMatchObject({
      title: show,
      seasons: [{ number: 2 }],
      requestedBy: { displayName: "Anna Berg" },
    });
    expect(view.complaints).toEqual([]);
  });

  it("keeps the public address and the token for figures", async () => {
    const { page } = view;
    await visit(page, "/settings/security");
    const part = (title: string) =>
      page.locator("section", { has: page.getByRole("heading", { level: 2, name: title }) });
    const network = part("Network");
    await network.getByLabel("Public address").fill("nowhere");
    await network.getByRole("button", { name: "Save" }).click();
    const refusal = page.locator("[data-sonner-toast][data-type=error]");
    await refusal.waitFor();
    expect(await refusal.textContent()).toMatch(/address/);
    expect(envFile()).not.toContain("nowhere");
    await network.getByLabel("Public address").fill("https://binge.example.net");
    await network.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(envFile()).toContain("PUBLIC_BASE_URL=https://binge.example.net\n");
    const token = "a-token-for-the-figures";
    const metrics = part("Metrics");
    await metrics.getByLabel("Token for /metrics").fill(token);
    await metrics.getByRole("button", { name: "Save" }).click();
    await expect
      .poll(async () => {
        const headers = { Authorization: `Bearer ${token}` };
        return (await fetch(`${app.url}/metrics`, { headers })).status;
      })
      .toBe(200);
    await visit(page, "/settings/security");
    expect(await page.content()).not.toContain(token);
    await network.getByLabel("Public address").fill("");
    await network.getByRole("button", { name: "Save" }).click();
    await expect.poll(envFile).not.toContain("PUBLIC_BASE_URL=https");
  });

  it("finds a setting by a word of its help, and fits a phone", async () => {
    const { page, context, complaints } = await openPage(browser, app.url, {
      theme: "light",
      width: 390,
    });
    await visit(page, "/settings/batching");
    await page.getByLabel("Find a setting").fill("blast");
    await page.getByText("No setting is called “blast”.").waitFor();
    await page.getByLabel("Find a setting").fill("accent");
    await page.getByRole("link", { name: /Accent colour/ }).click();
    await page.waitForURL(/\/settings\/appearance#MAIL_ACCENT_COLOR$/);
    for (const section of ["services", "alerts", "mail", "security"]) {
      await visit(page, `/settings/${section}`);
      expect(await page.locator("h1").count(), section).toBe(1);
      expect(await scrollsSideways(page), `${section} scrolls sideways`).toBe(false);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
