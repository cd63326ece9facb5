import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
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
    await page.getByRole("button", { name: "Add Radarr" }).click();
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
