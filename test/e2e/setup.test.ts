import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
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
import { chooseByKey, pressByKey, tabTo, typeInto, waitForFocusOnTitle } from "./keyboard";

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

  // From here to the last step no mouse is used.
  const press = (role: "button" | "link", name: string) =>
    pressByKey(view.page, view.page.getByRole(role, { name, exact: true }));
  const type = (label: string, text: string) =>
    typeInto(view.page, view.page.getByLabel(label, { exact: true }).last(), text);
  const connect = async (url: string, key: string) => {
    await type("Address", url);
    await type("API key", key);
    await press("button", "Test and save");
  };
  /** The form that had the focus is gone: one goes on at its service. */
  const goesOnAt = (section: string) =>
    view.page.waitForFunction(
      (label) => document.activeElement?.getAttribute("aria-label") === label,
      section,
    );

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
    await press("button", "Start");
    await page.waitForURL(/\/setup\/mail$/);
    await waitForFocusOnTitle(page);
    await expect.poll(() => page.title()).toContain("2 of 6: E-mail");
  });

  it("says in the mail server's words what is wrong, then sends a test that arrives", async () => {
    const { page } = view;
    await alive(page);
    await press("button", "Fastmail");
    expect(await page.getByLabel("Server", { exact: true }).inputValue()).toBe("smtp.fastmail.com");
    expect(await page.getByLabel("Port").inputValue()).toBe("465");
    await press("button", "Another server");
    await type("Server", "127.0.0.1");
    await type("Port", "9");
    await tabTo(page, page.getByLabel("Security"));
    await page.keyboard.type("None");
    await press("button", "Save and send a test");
    await page.getByText("This is needed").first().waitFor();
    // The first field that is wrong has the focus, and its words are tied to it.
    const from = page.getByLabel("From", { exact: true });
    await expect.poll(() => from.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await describedBy(from)).toBe("This is needed");
    await page.keyboard.type("The Attic Cinema <cinema@example.net>");
    await type("Admin address", "admin@example.net");
    await press("button", "Save and send a test");
    await said(page, /Nothing answers at 127.0.0.1/);

    await type("Port", String(stack.mailbox.port));
    await press("button", "Send another test");
    await page.getByText("Did it arrive at admin@example.net?").waitFor({ timeout: 30_000 });
    await said(page, /Did it arrive at admin@example.net/);
    const [mail] = await stack.mailbox.waitFor(1, 1_000);
    expect(mail?.envelopeTo).toEqual(["admin@example.net"]);
    await page.getByText(/^250/).waitFor();
    await expectSound(page);
    await press("button", "Yes, it arrived");
    await page.waitForURL(/\/setup\/services$/);
    await waitForFocusOnTitle(page);
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
    await press("link", "Go on with Services");
    await page.waitForURL(/\/setup\/services$/);
    await page.getByRole("link", { name: "E-mail, done" }).waitFor();
  });

  it("saves a connection only when it works, and says why not", async () => {
    const { page } = view;
    await alive(page);
    await type("Seerr address", `${stack.seerr.url}`);
    await type("Seerr API key", "a wrong key");
    await press("button", "Test and save");
    await said(page, "Seerr is there, but it refused the key");
    const result = await page.locator("[data-result=failed]").boundingBox();
    const again = await page.getByRole("button", { name: "Test again" }).boundingBox();
    expect(again?.y, "the button is below what it came to").toBeGreaterThan(
      (result?.y ?? 0) + (result?.height ?? 0),
    );
    await page.locator("code", { hasText: /^GET \/api\/v1\/\S+ · 40[13] \w+ · \d+ ms$/ }).waitFor();
    expect(readFileSync(envFile, "utf8")).not.toContain("JELLYSEERR");
    await type("Seerr address", "http://127.0.0.1:9");
    await press("button", "Test again");
    await said(page, /Nothing answers at 127.0.0.1:9/);
    await type("Seerr address", stack.seerr.url);
    await type("Seerr API key", stack.seerr.apiKey);
    await press("button", "Test again");
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.getByText("A Sonarr or Radarr is needed").waitFor();
    await goesOnAt("Seerr, 1 connected");

    await press("button", "Connect Sonarr");
    await connect(stack.sonarr.url, "short");
    await said(page, /Yours has 5 characters, a key has 32/);
    await type("API key", stack.sonarr.apiKey);
    await press("button", "Test again");
    await page.getByRole("button", { name: "Edit Sonarr" }).waitFor();
    await goesOnAt("Sonarr, 1 connected");
    await press("button", "Connect Radarr");
    await connect(stack.radarr.url, stack.radarr.apiKey);
    await page.getByRole("button", { name: "Edit Radarr" }).waitFor();
    // One more can be begun and left again without losing one's place.
    await press("button", "Add another Radarr");
    expect(await page.getByLabel("Name", { exact: true }).last().inputValue()).toBe("");
    await press("button", "Close another Radarr");
    await goesOnAt("Radarr, 1 connected");
    await press("button", "Connect Plex by hand");
    await type("Plex address", stack.plex.url);
    await type("Plex token", "plex-token");
    await press("button", "Test and save");
    await expect.poll(() => page.getByText("Connected", { exact: true }).count()).toBe(4);
    await expectSound(page);
    await page.getByRole("button", { name: "Continue", disabled: false }).waitFor();
    await press("button", "Continue");
    await page.waitForURL(/\/setup\/sync$/);
    await waitForFocusOnTitle(page);
  });

  it("reads everything, counted, and mails nobody about the past", async () => {
    const { page } = view;
    await page
      .getByRole("heading", { name: "2 requests known. Nobody is mailed about the past." })
      .waitFor({ timeout: 40_000 });
    await said(page, "Everything was read: 2 requests known. You can continue.");
    await page.getByText("Tidewater Road").waitFor();
    await page.getByText("Asked for by Jonas", { exact: false }).waitFor();
    expect(stack.mailbox.messages).toHaveLength(1);
    await expectSound(page);
    await page.getByRole("button", { name: "Continue", disabled: false }).waitFor();
    await press("button", "Continue");
    await page.waitForURL(/\/setup\/behaviour$/);
    await waitForFocusOnTitle(page);
  });

  it("asks three questions, with the numbers behind them", async () => {
    const { page } = view;
    await alive(page);
    expect(await page.getByLabel("Gather for a few minutes").isChecked()).toBe(true);
    await chooseByKey(page, page.getByRole("group", { name: /arrive one after/ }), "Tell at once");
    await pressByKey(page, page.locator("summary", { hasText: "Fine-tune" }));
    expect(await page.getByLabel("Initial delay").inputValue()).toBe("60");
    await expectSound(page);
    // A number that is none is shown where it stands, although one may have folded it away.
    await type("Initial delay", "-5");
    await pressByKey(page, page.locator("summary", { hasText: "Fine-tune" }));
    await press("button", "Continue");
    const delay = page.getByLabel("Initial delay");
    await expect.poll(() => delay.evaluate((field) => field === document.activeElement)).toBe(true);
    await type("Initial delay", "60");
    await chooseByKey(
      page,
      page.getByRole("group", { name: /reports a bad file/ }),
      "Look for a replacement, and tell you",
    );
    await press("button", "Continue");
    await page.waitForURL(/\/setup\/security$/);
    await waitForFocusOnTitle(page);
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
    await typeInto(page, address, "http://127.0.0.1:9");
    await press("button", "Install webhook in Radarr");
    await said(page, /Radarr could not post to http:\/\/127.0.0.1:9/);
    // The button is still the one that has the focus, under its new name.
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Install again in Radarr",
    );
    await typeInto(page, address, app.url);
    await press("button", "Install again in Radarr");
    await said(page, /Radarr called back after \d+\.\d s/);
    for (const name of ["Seerr", "Sonarr"]) {
      await press("button", `Install webhook in ${name}`);
      await said(page, new RegExp(`${name} called back after`));
    }
    // On a phone the words have a line of their own.
    await page.setViewportSize({ width: 390, height: 844 });
    const words = page.getByRole("status").filter({ hasText: "Radarr called back" });
    await expect.poll(async () => (await words.boundingBox())?.width ?? 0).toBeGreaterThan(250);
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
    await type("Name", "marta");
    await page.getByText("Give the account a name and a password").waitFor();
    expect(await describedBy(page.getByRole("button", { name: "Finish" }))).toContain(
      "Give the account a name",
    );
    await type("Password", "ten thousand lamps");
    await press("button", "Finish");
    await page.waitForURL(/\/setup\/done$/);
    await waitForFocusOnTitle(page);
    await page.getByText("Login is on").waitFor();
    await expectSound(page);
    await press("link", "Open the dashboard");
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
    await page.getByText("1 of 6", { exact: true }).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await alive(page);
    await page.getByRole("button", { name: "Start" }).click();
    await page.waitForURL(/\/setup\/mail$/);
    await page.getByText("2 of 6", { exact: true }).waitFor();
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

/** It stands in a live region, so that it is read out. */
async function said(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole("status").filter({ hasText: words }).waitFor();
}

/** What is read out with a control, besides its name. */
function describedBy(control: Locator): Promise<string> {
  return control.evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" "),
  );
}

/** React has taken over: clicks before that are lost. */
async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const control = document.querySelector("main button, main input");
    return control !== null && Object.keys(control).some((key) => key.startsWith("__reactProps"));
  });
}
