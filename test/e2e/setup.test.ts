import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/postgres";
import { ask } from "../support/raw-http";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { people } from "../support/upstreams/catalogue";
import { type MediaStack, startMediaStack } from "../support/upstreams/media-stack";
import type { SeerrUser } from "../support/upstreams/seerr-model";
import { seriousViolations } from "./accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways, type WatchedPage } from "./browser";

/** As a proxy that is not listed says it: such a request is not from this machine. */
const fromElsewhere = { "X-Forwarded-For": "203.0.113.9" };
const elsewhere = Object.entries(fromElsewhere) as [string, string][];

/** A new installation in which nothing is named: everything is set up in the browser, from first start to first mail. */
describe.skipIf(noBrowser)("set-up", () => {
  let browser: Browser;
  let stack: MediaStack;
  let database: TestDatabase;
  let app: RunningApp;
  let view: WatchedPage;
  let jonas: SeerrUser;
  let env: Record<string, string>;
  const config = temporaryConfigFolder();
  const envFile = path.join(config.folder, ".env");

  beforeAll(async () => {
    [browser, stack, database] = await Promise.all([
      openBrowser(),
      startMediaStack(),
      createTestDatabase(),
    ]);
    const anna = stack.seerr.addUser(people.anna);
    jonas = stack.seerr.addUser(people.jonas);
    const before = { autoApprove: true, silent: true } as const;
    await stack.seerr.request({ user: jonas, title: stack.titles.kestrelDown, ...before });
    stack.plex.show(await stack.radarr.import(stack.titles.kestrelDown, { silent: true }));
    await stack.seerr.request({
      user: anna,
      title: stack.titles.tidewaterRoad,
      seasons: [3],
      ...before,
    });
    env = {
      DATABASE_URL: database.url,
      CONFIG_DIR: config.folder,
      TMDB_IMAGE_URL: stack.tmdbImages.url,
      // What takes half a minute takes a second here; the wizard asks for neither.
      MOVIE_FIRST_CHECK_SECONDS: "1",
      NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
    };
    app = await startApp(env);
    view = await openPage(browser, app.url);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await stack?.stop();
    await database?.drop();
    config.remove();
  });

  it("shows a stranger nothing but a field for the token of the log", async () => {
    const send = (path: string, method = "GET") =>
      ask(app.port, { path, method, headers: elsewhere });
    for (const page of ["/", "/settings/services", "/setup/services", "/setup/restore"]) {
      expect(await send(page), page).toMatchObject({ status: 307 });
    }
    for (const route of ["/api/v1/users", "/api/v1/settings", "/api/v1/backups"]) {
      expect((await send(route)).status, route).toBe(401);
    }
    expect((await send("/health")).status).toBe(200);
    const webhook = { "Content-Type": "application/json", ...fromElsewhere };
    const answer = await fetch(`${app.url}/webhooks/sonarr`, {
      method: "POST",
      headers: webhook,
      body: '{"eventType":"Test"}',
    });
    expect(answer.status).toBe(200);

    const context = await browser.newContext({ baseURL: app.url, extraHTTPHeaders: fromElsewhere });
    const page = await context.newPage();
    await page.goto("/requests");
    await page.waitForURL(/\/setup$/);
    await alive(page);
    await page.getByLabel("Token").fill("AAAAA-BBBBB-CCCCC-DDDDD");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("This is not the token").waitFor();
    await expectSound(page);
    expect(await page.getByRole("button", { name: "Start" }).count()).toBe(0);

    const token = /it asks for ((?:[A-Z2-9]{5}-?){4})/.exec(app.output())?.[1] ?? "";
    expect(token).not.toBe("");
    await page.getByLabel("Token").fill(token.toLowerCase().replaceAll("-", " "));
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Start" }).waitFor();
    // It lies in the database as a hash alone, and is good for one browser.
    const sql = postgres(database.url, { max: 1 });
    const rows = await sql`select hash, kind from setup_passes`;
    await sql.end();
    expect(rows.map(({ kind }) => kind)).toEqual(["visitor"]);
    const [cookie] = (await context.cookies()).filter(({ name }) => name === "bingealert-setup");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    expect(rows[0]?.hash).not.toContain(cookie?.value);
    await context.close();
    const second = await browser.newContext({ baseURL: app.url, extraHTTPHeaders: fromElsewhere });
    const late = await second.newPage();
    await late.goto("/setup");
    await alive(late);
    await late.getByLabel("Token").fill(token);
    await late.getByRole("button", { name: "Go on" }).click();
    await late.getByText("This is not the token").waitFor();
    await second.close();
  });

  it("limits how often a token can be tried", async () => {
    const context = await browser.newContext({
      baseURL: app.url,
      extraHTTPHeaders: fromElsewhere,
    });
    const page = await context.newPage();
    await page.goto("/setup");
    await alive(page);
    for (let tries = 0; tries < 12; tries++) {
      await page.getByLabel("Token").fill(`WRONG-${tries}`);
      await page.getByRole("button", { name: "Go on" }).click();
      await page.getByRole("button", { name: "Go on", disabled: false }).waitFor();
      if (await page.getByText(/Too many tries/).isVisible()) break;
    }
    await page.getByText(/Too many tries. Try again in \d+ s/).waitFor();
    await context.close();
  });

  it("sends whoever is on the machine from every page to the welcome, with the keyboard alone", async () => {
    const { page } = view;
    await page.goto("/notifications");
    await page.waitForURL(/\/setup$/);
    await page.getByRole("heading", { name: "Welcome to BingeAlert" }).waitFor();
    await expectSound(page);
    await alive(page);
    // A step that is not reached yet leads back.
    await page.goto("/setup/security");
    await page.waitForURL(/\/setup$/);
    await alive(page);
    const start = page.getByRole("button", { name: "Start" });
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press("Tab");
      if (await start.evaluate((button) => button === document.activeElement)) break;
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/setup\/mail$/);
  });

  it("says in the mail server's words what is wrong, then sends a test that arrives", async () => {
    const { page } = view;
    await alive(page);
    await page.getByRole("button", { name: "Fastmail" }).click();
    expect(await page.getByLabel("Server", { exact: true }).inputValue()).toBe("smtp.fastmail.com");
    expect(await page.getByLabel("Port").inputValue()).toBe("465");
    await page.getByRole("button", { name: "Another server" }).click();
    await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
    await page.getByLabel("Port").fill("9");
    await page.getByLabel("Security").selectOption({ label: "None" });
    await page.getByRole("button", { name: "Save and send a test" }).click();
    await page.getByText("This is needed").first().waitFor();
    await page.getByLabel("From", { exact: true }).fill("The Attic Cinema <cinema@example.net>");
    await page.getByLabel("Admin address").fill("admin@example.net");
    await page.getByRole("button", { name: "Save and send a test" }).click();
    await page.getByText(/Nothing answers at 127.0.0.1/).waitFor();

    await page.getByLabel("Port").fill(String(stack.mailbox.port));
    await page.getByRole("button", { name: "Send another test" }).click();
    await page.getByText("Did it arrive at admin@example.net?").waitFor({ timeout: 30_000 });
    const [mail] = await stack.mailbox.waitFor(1, 1_000);
    expect(mail?.envelopeTo).toEqual(["admin@example.net"]);
    await page.getByText(/^250/).waitFor();
    await expectSound(page);
    await page.getByRole("button", { name: "Yes, it arrived" }).click();
    await page.waitForURL(/\/setup\/services$/);
  });

  it("goes on where it was left, in another browser and after a restart", async () => {
    await view.context.close();
    await app.stop();
    // The .env names the mail server by now; that alone completes nothing.
    app = await startApp(env);
    view = await openPage(browser, app.url);
    const { page } = view;
    await page.goto("/");
    await page.waitForURL(/\/setup$/);
    await page.getByRole("link", { name: "Go on with Services" }).click();
    await page.waitForURL(/\/setup\/services$/);
    await page.getByRole("link", { name: "E-mail, done" }).waitFor();
  });

  it("saves a connection only when it works, and says why not", async () => {
    const { page } = view;
    await alive(page);
    await page.getByLabel("Seerr address").fill(`${stack.seerr.url}`);
    await page.getByLabel("Seerr API key").fill("a wrong key");
    await page.getByRole("button", { name: "Test and save" }).click();
    await page.getByText("Seerr is there, but it refused the key").waitFor();
    expect(readFileSync(envFile, "utf8")).not.toContain("JELLYSEERR");
    await page.getByLabel("Seerr address").fill("http://127.0.0.1:9");
    await page.getByRole("button", { name: "Test again" }).click();
    await page.getByText(/Nothing answers at 127.0.0.1:9/).waitFor();
    await page.getByLabel("Seerr address").fill(stack.seerr.url);
    await page.getByLabel("Seerr API key").fill(stack.seerr.apiKey);
    await page.getByRole("button", { name: "Test again" }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.getByText("A Sonarr or Radarr is needed").waitFor();

    await page.getByRole("button", { name: "Connect Sonarr" }).click();
    await connect(page, stack.sonarr.url, "short");
    await page.getByText("Yours has 5 characters, a key has 32").waitFor();
    await page.getByLabel("API key").last().fill(stack.sonarr.apiKey);
    await page.getByRole("button", { name: "Test again" }).click();
    await page.getByRole("button", { name: "Edit Sonarr" }).waitFor();
    await page.getByRole("button", { name: "Connect Radarr" }).click();
    await connect(page, stack.radarr.url, stack.radarr.apiKey);
    await page.getByRole("button", { name: "Edit Radarr" }).waitFor();
    await page.getByRole("button", { name: "Connect Plex" }).click();
    await page.getByLabel("Plex address").fill(stack.plex.url);
    await page.getByLabel("Plex token").fill("plex-token");
    await page.getByRole("button", { name: "Test and save" }).click();
    await expect.poll(() => page.getByText("Connected", { exact: true }).count()).toBe(4);
    await expectSound(page);
    await page.getByRole("button", { name: "Continue", disabled: false }).click();
    await page.waitForURL(/\/setup\/sync$/);
  });

  it("reads everything, counted, and mails nobody about the past", async () => {
    const { page } = view;
    await page
      .getByRole("heading", { name: "2 requests known. Nobody is mailed about the past." })
      .waitFor({ timeout: 40_000 });
    await page.getByText("Tidewater Road").waitFor();
    await page.getByText("Asked for by Jonas", { exact: false }).waitFor();
    expect(stack.mailbox.messages).toHaveLength(1);
    await expectSound(page);
    await page.getByRole("button", { name: "Continue", disabled: false }).click();
    await page.waitForURL(/\/setup\/behaviour$/);
  });

  it("asks three questions, with the numbers behind them", async () => {
    const { page } = view;
    await alive(page);
    expect(await page.getByLabel("Gather for a few minutes").isChecked()).toBe(true);
    await page.getByLabel("Tell at once").check();
    await page.getByText("Fine-tune").click();
    expect(await page.getByLabel("Initial delay").inputValue()).toBe("60");
    await expectSound(page);
    await page.getByLabel("Look for a replacement, and tell you").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL(/\/setup\/security$/);
    const sql = postgres(database.url, { max: 1 });
    const rows = await sql`select name, value from settings order by name`;
    await sql.end();
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toMatchObject({
      ISSUE_AUTOFIX_MODE: "auto_notify",
      NOTIFICATION_INITIAL_DELAY_SECONDS: "60",
    });
  });

  it("installs the webhooks and proves the way back", async () => {
    const { page } = view;
    await alive(page);
    const address = page.getByLabel("Where they reach BingeAlert");
    expect(await address.inputValue()).toBe(app.url);
    await address.fill("http://127.0.0.1:9");
    await page.getByRole("button", { name: "Install webhook in Radarr" }).click();
    await page.getByText(/Radarr could not post to http:\/\/127.0.0.1:9/).waitFor();
    await address.fill(app.url);
    await page.getByRole("button", { name: "Install again in Radarr" }).click();
    await page.getByText(/Radarr called back after \d+\.\d s/).waitFor();
    for (const name of ["Seerr", "Sonarr"]) {
      await page.getByRole("button", { name: `Install webhook in ${name}` }).click();
      await page.getByText(new RegExp(`${name} called back after`)).waitFor();
    }
    const secret = /WEBHOOK_SECRET=(\S+)/.exec(readFileSync(envFile, "utf8"))?.[1];
    expect(secret?.length).toBeGreaterThan(20);
    expect(await page.content()).not.toContain(secret);
    await expectSound(page);
    // Without it nobody is heard.
    const answer = await fetch(`${app.url}/webhooks/sonarr`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(answer.status).toBe(401);
  });

  it("ends with a login, and says what happens next", async () => {
    const { page } = view;
    await page.getByLabel("Name", { exact: true }).fill("marta");
    await page.getByText("Give the account a name and a password").waitFor();
    await page.getByLabel("Password", { exact: true }).fill("ten thousand lamps");
    await page.getByRole("button", { name: "Finish" }).click();
    await page.waitForURL(/\/setup\/done$/);
    await page.getByText("Login is on").waitFor();
    await expectSound(page);
    await page.getByRole("link", { name: "Open the dashboard" }).click();
    await page.getByRole("link", { name: "Requests" }).first().waitFor();
    expect(view.complaints).toEqual([]);
  });

  it("delivers the first mail by the webhooks it installed", async () => {
    const { lastFerryNorth } = stack.titles;
    await stack.seerr.request({ user: jonas, title: lastFerryNorth, autoApprove: true });
    await stack.radarr.grab(lastFerryNorth);
    stack.plex.show(await stack.radarr.import(lastFerryNorth));
    await expect
      .poll(() => stack.mailbox.messages.map((mail) => mail.subject), { timeout: 40_000 })
      .toContainEqual(expect.stringContaining("Last Ferry North"));
    const mail = stack.mailbox.messages.find(({ subject }) => subject?.includes("Last Ferry"));
    expect(mail?.envelopeTo).toEqual([people.jonas.email]);
    expect(stack.seerr.webhook.deliveries.at(-1)?.outcome).toMatchObject({ status: 200 });
  });

  it("stays closed: for strangers, after a restart, without its file, and with its settings gone", async () => {
    const locations = async () => {
      const answer = await ask(app.port, { path: "/setup", headers: [] });
      return [answer.status, answer.headers.location];
    };
    expect(await locations()).toEqual([307, "/"]);
    await app.stop();
    writeFileSync(envFile, "\u0000\u0001 not = a file of settings\nAPP_SECRET_KEY\n");
    const sql = postgres(database.url, { max: 1 });
    await sql`delete from settings`;
    await sql`delete from milestones where name <> 'setup_complete' and name <> 'login_switched_on'`;
    await sql.end();
    app = await startApp(env);
    expect(await locations()).toEqual([307, "/"]);
    expect(app.output()).not.toContain("Set-up is not complete");
    // Nor does the login open, nor the webhooks whose secret was in the file.
    const home = await ask(app.port, { path: "/" });
    expect(home.headers.location).toBe("/login");
  });

  it("fits a phone", async () => {
    const fresh = await createTestDatabase();
    const folder = temporaryConfigFolder();
    const other = await startApp({ DATABASE_URL: fresh.url, CONFIG_DIR: folder.folder });
    const { page, context, complaints } = await openPage(browser, other.url, {
      theme: "light",
      width: 390,
    });
    await page.goto("/setup");
    await page.getByText("1 of 6").waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await alive(page);
    await page.getByRole("button", { name: "Start" }).click();
    await page.waitForURL(/\/setup\/mail$/);
    await page.getByText("2 of 6").waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
    await other.stop();
    await fresh.drop();
    folder.remove();
  });
});

/** The page fits a phone, and axe finds nothing serious in either theme; it goes on as wide as before. */
async function expectSound(page: Page): Promise<void> {
  expect.soft(await seriousViolations(page, { bothThemes: true }), page.url()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(page), `${page.url()} scrolls sideways`).toBe(false);
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function connect(page: Page, url: string, key: string): Promise<void> {
  await page.getByLabel("Address").last().fill(url);
  await page.getByLabel("API key").last().fill(key);
  await page.getByRole("button", { name: "Test and save" }).click();
}

/** React has taken over: clicks before that are lost. */
async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const control = document.querySelector("main button, main input");
    return control !== null && Object.keys(control).some((key) => key.startsWith("__reactProps"));
  });
}
