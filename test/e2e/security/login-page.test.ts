import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeAdminSessions } from "@/lib/store/admin-sessions";
import { openDatabase } from "@/lib/store/db";
import { seriousViolations } from "../accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways, visit } from "../browser";
import { account, behindTheLogin, type GuardedApp, startGuardedApp } from "./guarded-app";

/** Stands in for Cloudflare's script: draws its box and hands out a token. */
const fakeScript = (token: string) => `
  window.turnstile = {
    ready: (then) => then(),
    render: (place, options) => {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = "cf-turnstile-response";
      input.value = ${JSON.stringify(token)};
      (typeof place === "string" ? document.querySelector(place) : place).append(input);
      setTimeout(() => options.callback?.(input.value), 10);
      return "widget";
    },
    reset: () => {}, remove: () => {}, execute: () => {},
    getResponse: () => ${JSON.stringify(token)}, isExpired: () => false,
  };
  window[new URL(document.currentScript.src).searchParams.get("onload")]?.();`;

describe.skipIf(noBrowser || process.platform !== "linux")("the sign-in page", () => {
  let browser: Browser;
  let guarded: GuardedApp;

  beforeAll(async () => {
    [browser, guarded] = await Promise.all([openBrowser(), startGuardedApp()]);
  });
  afterAll(async () => {
    await browser?.close();
    await guarded?.stop();
  });

  it("refuses, lets in, shows who is in, and lets out", async () => {
    const { page, complaints } = await openPage(browser, guarded.app.url);
    await page.route("https://challenges.cloudflare.com/**", (route) =>
      route.fulfill({ contentType: "text/javascript", body: fakeScript(guarded.token()) }),
    );
    await page.goto("/users");
    await page.waitForURL("**/login?next=%2Fusers");
    const signIn = async (password: string) => {
      await page.locator("input[name=cf-turnstile-response]").waitFor({ state: "attached" });
      await page.getByLabel("Name").fill(account.name);
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
    };
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    await signIn("not the password");
    await page.getByText("Name or password is wrong").waitFor();
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    expect(await page.getByLabel("Name").inputValue()).toBe(account.name);
    await page.reload();
    await signIn(account.password);
    await page.waitForURL("**/users");
    await page.getByText(behindTheLogin).waitFor();

    await visit(page, "/settings/security");
    await page.getByText("Login is on. 1 session signed in.").waitFor();
    await page.getByText("This one").waitFor();
    await page.getByLabel("Name").last().fill("A script");
    await page.getByRole("button", { name: "Make a key" }).click();
    const once = page.getByText("Copy it now: it is not shown again").locator("..");
    await once.waitFor();
    expect(await once.textContent()).toMatch(/ba_[\w-]{43}/);
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "Revoke 1 key" }).click();
    await page.getByText("The key was revoked").first().waitFor();

    // A page that stays open ends with its session, wherever that was revoked.
    await visit(page, "/users");
    const elsewhere = openDatabase(guarded.env.DATABASE_URL ?? "", { max: 1, name: "elsewhere" });
    expect(await revokeAdminSessions(elsewhere.db, {})).toBe(1);
    await elsewhere.close();
    await page.waitForURL("**/login?next=%2Fusers");
    await signIn(account.password);
    await page.waitForURL("**/users");

    await page.getByRole("button", { name: "Sign out" }).first().click();
    await page.waitForURL("**/login");
    await page.goto("/users");
    await page.waitForURL("**/login?next=%2Fusers");
    // The stream of the session that was ended may be asked for once more, and gets the sign-in page instead.
    const isStream = (words: string) => words.includes("EventSource's response has a MIME type");
    expect(complaints.filter((words) => !isStream(words))).toEqual([]);
  });

  it("asks once, and not while nothing answers", async () => {
    const { page, context } = await openPage(browser, guarded.app.url);
    await page.route("https://challenges.cloudflare.com/**", (route) =>
      route.fulfill({ contentType: "text/javascript", body: fakeScript(guarded.token()) }),
    );
    let asked = 0;
    await page.route("**/login", async (route) => {
      if (route.request().method() === "POST") asked += 1;
      await route.continue();
    });
    await page.goto("/login");
    await page.locator("input[name=cf-turnstile-response]").waitFor({ state: "attached" });
    await page.getByLabel("Name").fill(account.name);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    const button = page.getByRole("button", { name: "Sign in" });
    await context.setOffline(true);
    await page.locator("button[type=submit][aria-disabled=true]").waitFor();
    await button.focus();
    await page.getByRole("tooltip", { name: /Offline/ }).waitFor();
    await page.keyboard.press("Enter");
    expect(asked).toBe(0);
    await context.setOffline(false);
    await page.locator("button[type=submit]:not([aria-disabled])").waitFor();
    await button.dblclick();
    await page.getByText("Name or password is wrong").waitFor();
    expect(asked).toBe(1);
    await context.close();
  });

  it("says that sign-in is closed when Cloudflare's check does not load", async () => {
    const { page } = await openPage(browser, guarded.app.url, { theme: "light", width: 390 });
    await page.route("https://challenges.cloudflare.com/**", (route) => route.abort());
    await page.goto("/login");
    await page.getByText(/The check by Cloudflare did not load/).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
  });
});
