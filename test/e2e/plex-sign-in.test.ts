import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, markSetUp, type TestDatabase } from "../support/postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "../support/running-app";
import { FakePlex } from "../support/upstreams/plex";
import { FakePlexTv } from "../support/upstreams/plex-tv";
import { seriousViolations } from "./accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways, visit } from "./browser";

/** An installation that is being set up, and then used, with a simulated plex.tv and a Plex Media Server beside it. */
describe.skipIf(noBrowser)("signing in with Plex", () => {
  let browser: Browser;
  let database: TestDatabase;
  let sql: postgres.Sql;
  let app: RunningApp;
  let page: Page;
  let complaints: string[];
  const plexTv = new FakePlexTv();
  const token = "server-token-of-the-attic";
  const attic = new FakePlex({ token, machineIdentifier: "attic-1" });
  const config = temporaryConfigFolder();
  const envFile = () => readFileSync(path.join(config.folder, ".env"), "utf8");
  const env = () => ({
    DATABASE_URL: database.url,
    CONFIG_DIR: config.folder,
    PLEX_TV_URL: plexTv.url,
    ...{ SMTP_HOST: "127.0.0.1", SMTP_SECURITY: "none", SMTP_FROM: "cinema@example.net" },
  });
  const atticOf = (machineIdentifier = "attic-1") => ({
    name: "Attic",
    machineIdentifier,
    accessToken: token,
    connections: [
      {
        // As long as those of Plex, whose names would be looked up on the internet.
        uri: `https://127.0.0.1:${attic.port}/0a1b2c3d4e5f60718293a4b5c6d7e8f9.plex.direct`,
        address: "127.0.0.1",
        port: attic.port,
        local: true,
      },
      { uri: "http://127.0.0.1:9", address: "127.0.0.1", port: 9, local: true },
    ],
  });
  const barn = {
    ...{ name: "Barn", machineIdentifier: "barn-1", accessToken: "t", online: false },
    connections: [{ uri: "http://127.0.0.1:9", address: "127.0.0.1", port: 9, local: true }],
  };

  beforeAll(async () => {
    [browser, database] = await Promise.all([
      openBrowser(),
      createTestDatabase(),
      plexTv.start(),
      attic.start(),
    ]);
    sql = postgres(database.url, { max: 1, onnotice: () => {} });
    app = await startApp(env());
    for (const step of ["setup_begun", "setup_mail"]) {
      await sql`insert into milestones (name, at) values (${step}, now())`;
    }
    await open();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await sql?.end({ timeout: 1 });
    await Promise.all([plexTv.stop(), attic.stop()]);
    await database?.drop();
    config.remove();
  });

  async function open(): Promise<void> {
    const view = await openPage(browser, app.url);
    ({ page, complaints } = view);
    await standInForPlex(view.context);
    await view.context.addInitScript(keepAnswers);
  }

  /** Presses the button of that name and gives the tab of Plex that it opens. */
  async function pressAndSignIn(name: string): Promise<Page> {
    const [tab] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("button", { name, exact: true }).click(),
    ]);
    await tab.waitForURL(/^https:\/\/app\.plex\.tv\/auth#/);
    await page.getByText("Waiting for you to sign in at Plex").waitFor();
    return tab;
  }

  it("in the wizard: signs in, proposes the address that answers, saves it, and tests it", async () => {
    plexTv.servers = [atticOf()];
    await page.goto("/setup/services");
    await alive(page);
    await expectSound(page);
    const tab = await pressAndSignIn("Sign in with Plex");
    // That page cannot reach ours, and ours says where else to go when no tab opened.
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    const link = page.getByRole("link", { name: /^Open Plex/ });
    expect(await link.getAttribute("href")).toBe(tab.url());
    expect(await link.getAttribute("rel")).toContain("noopener");
    await page.getByText(/^30 min left|^29 min left/).waitFor();
    await expectSound(page);
    plexTv.grant(tab.url());
    await tab.close();

    const chosen = page.getByLabel(`http://127.0.0.1:${attic.port}`);
    await chosen.waitFor();
    expect(await chosen.isChecked()).toBe(true);
    expect(await page.getByLabel("http://127.0.0.1:9").isDisabled()).toBe(true);
    await page.getByText(/Answers in \d+ ms/).waitFor();
    await expectSound(page);
    await page.getByRole("button", { name: "Test and save" }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.getByText(/^Version 1\.41/).waitFor();
    // Each address was tried once to be offered, then asked once more before it got the token.
    const asked = attic.requests.map(({ path }) => path);
    expect(asked.slice(0, 4)).toEqual(["/identity", "/identity", "/identity", "/library/sections"]);
    expect(envFile()).toContain(`PLEX_URL=http://127.0.0.1:${attic.port}\nPLEX_TOKEN=${token}\n`);
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "Plex, 1 connected",
    );
    expect(complaints).toEqual([]);
  });

  it("keeps the tokens from the browser, the log and what is written down", async () => {
    const answers = await page.evaluate(() => Promise.all((window as Keeping).answers ?? []));
    const sent = `${answers.join("\n")}${await page.content()}`;
    expect(answers.filter((text) => text.includes("signed_in"))).toHaveLength(1);
    const cookies = JSON.stringify(await page.context().cookies());
    const audit = await sql`select action, before::text, after::text from audit_entries`;
    expect(audit.map(({ action }) => action)).toEqual(["Plex was connected by signing in"]);
    expect(audit[0]?.after).toContain(`http://127.0.0.1:${attic.port}`);
    for (const secret of [token, plexTv.accountToken]) {
      expect(sent.includes(secret)).toBe(false);
      expect(cookies).not.toContain(secret);
      expect(JSON.stringify(audit)).not.toContain(secret);
      expect(app.output()).not.toContain(secret);
    }
    // What it held while it was under way is gone.
    expect(cookies).not.toContain("bingealert-plex");
  });

  it("in the settings: says when it expired, when there is no server, and goes back by hand", async () => {
    await markSetUp(database.url);
    await app.stop();
    app = await startApp(env());
    await open();
    await visit(page, "/settings/services");
    await page.getByRole("button", { name: "Edit Plex" }).click();
    await page.getByText(/only this button makes BingeAlert ask plex\.tv/).waitFor();
    await expectSound(page);
    const expiring = await pressAndSignIn("Sign in with Plex");
    plexTv.expire();
    await page.getByText("The sign-in expired before Plex let BingeAlert in").waitFor();
    await expectSound(page);
    await expiring.close();

    plexTv.servers = [];
    const tab = await pressAndSignIn("Sign in again");
    // While it lasts there is one thing to do.
    expect(await page.getByLabel("Plex token").count()).toBe(0);
    plexTv.grant(tab.url());
    await page.getByText("This account has no Plex server").waitFor();
    await tab.close();

    const given = await pressAndSignIn("Sign in again");
    const [cookie] = (await page.context().cookies()).filter(
      ({ name }) => name === "bingealert-plex",
    );
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByLabel("Plex token").waitFor();
    await expect
      .poll(async () => JSON.stringify(await page.context().cookies()))
      .not.toContain("bingealert-plex");
    await given.close();
    expect(complaints).toEqual([]);
  });

  it("says when plex.tv cannot be reached, and leaves the fields to be filled by hand", async () => {
    await plexTv.down();
    const opened = page.waitForEvent("popup");
    await page.getByRole("button", { name: "Sign in with Plex" }).click();
    const tab = await opened;
    await page.getByText(/^Nothing answers at 127\.0\.0\.1/).waitFor();
    await page.getByText(/itself has to reach plex\.tv/).waitFor();
    await expect.poll(() => tab.isClosed()).toBe(true);
    await page.getByLabel("Plex token").waitFor();
    await plexTv.up();
  });

  it("with several servers: one that does not answer, then the one that does", async () => {
    plexTv.servers = [atticOf(), { ...barn, name: "Aaa barn", online: true }];
    const tab = await pressAndSignIn("Sign in again");
    plexTv.grant(tab.url());
    await page.getByText("BingeAlert reaches this server by none of its addresses").waitFor();
    await expectSound(page);
    await page.getByRole("radio", { name: /^Attic/ }).check();
    await page.getByText(/Answers in \d+ ms/).waitFor();
    await tab.close();
    await page.getByRole("button", { name: "Test and save" }).click();
    await page.getByText("Plex answers and the token works").waitFor();
    // The fields below follow.
    expect(await page.getByLabel("Plex address").inputValue()).toBe(
      `http://127.0.0.1:${attic.port}`,
    );
    expect(await page.getByLabel("Plex token").inputValue()).toBe("••••••••ttic");
    expect(await page.content()).not.toContain(token);
    await expectSound(page);
    expect(complaints).toEqual([]);
  });

  it("without a tab of its own and with trouble at plex.tv: a link leads there, and it goes on", async () => {
    plexTv.servers = [atticOf()];
    await page.evaluate(() => {
      window.open = () => null;
    });
    await page.getByRole("button", { name: "Sign in again", exact: true }).click();
    await page.getByText(/Your browser opened no tab/).waitFor();
    await expectSound(page);
    const trouble = plexTv.fail({ kind: "status", status: 503, path: "/api/v2/pins/" });
    await page.getByText("plex.tv answered with error 503. It is asked again.").waitFor();
    const [tab] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("link", { name: /^Open Plex/ }).click(),
    ]);
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    trouble.clear();
    plexTv.grant(tab.url());
    await tab.close();
    // Whoever comes back to the page does not wait for its next question.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByText(/Answers in \d+ ms/).waitFor({ timeout: 8_000 });
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(complaints).toEqual([]);
  });

  it("is not offered when the environment gives the token, and says so", async () => {
    await app.stop();
    app = await startApp({ ...env(), PLEX_TOKEN: "given-by-the-environment" });
    await open();
    await visit(page, "/settings/services");
    await page.getByRole("button", { name: "Edit Plex" }).click();
    await page.getByText("No sign-in with Plex: PLEX_TOKEN is set by the environment.").waitFor();
    expect(await page.getByRole("button", { name: /Sign in/ }).count()).toBe(0);
    await expectSound(page);
    expect(complaints).toEqual([]);
  });
});

type Keeping = Window & { answers?: Promise<string>[] };

/** Runs in the page: keeps what every answer to its scripts says. */
function keepAnswers(): void {
  const kept: Promise<string>[] = [];
  const ask = window.fetch;
  window.fetch = async (...question) => {
    const answer = await ask(...question);
    kept.push(answer.clone().text());
    return answer;
  };
  (window as Keeping).answers = kept;
}

/** The page of Plex on which people sign in: nothing of it is fetched from anywhere. */
async function standInForPlex(context: BrowserContext): Promise<void> {
  await context.route("https://app.plex.tv/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Plex</title>" }),
  );
}

/** The page fits a phone, and axe finds nothing serious in either theme. */
async function expectSound(page: Page): Promise<void> {
  expect.soft(await seriousViolations(page, { bothThemes: true }), page.url()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect.soft(await scrollsSideways(page), `${page.url()} scrolls sideways`).toBe(false);
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** React has taken over: clicks before that are lost. */
async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const control = document.querySelector("main button");
    return control !== null && Object.keys(control).some((key) => key.startsWith("__reactProps"));
  });
}
