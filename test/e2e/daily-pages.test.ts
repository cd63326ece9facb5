import { appendFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBrowser, openBrowser, openPage, scrollsSideways, visit } from "./browser";
import { pressByKey } from "./keyboard";
import { type SeededApp, startSeededApp } from "./seeded-app";

const evil = `</script><img src=x onerror="window.pwned=1">`;

describe.skipIf(noBrowser)("upcoming, activity, logs and a restart", () => {
  let browser: Browser;
  let seeded: SeededApp;
  let logFile: string;

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("household")]);
    logFile = path.join(seeded.configDir, "logs", "web.000001.jsonl");
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  const write = (level: string, message: string, more: object = {}) =>
    appendFileSync(
      logFile,
      `${JSON.stringify({ time: new Date().toISOString(), level, message, ...more })}\n`,
    );

  it("says what comes, by day or as a month, and lets go by filters in the address", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/");
    await page.getByRole("link", { name: /Tidewater Road S03 E06/ }).waitFor();
    await page.getByRole("link", { name: "Upcoming" }).last().click();
    await page.waitForURL(/upcoming/);
    const main = page.locator("main");
    await main.getByText("Season 3, episode 6 “Soundings”").waitFor();
    await main.getByText("Season 1, episodes 11 to 18").waitFor();
    expect(await main.textContent()).not.toContain("Nobody Asked for This");
    await page.getByRole("button", { name: "Kind" }).click();
    await page.getByRole("menuitem", { name: "Movies" }).click();
    await page.waitForURL(/type=movie/);
    await main.getByText("Soundings").waitFor({ state: "detached" });
    expect(await main.getByText("Disc release").count()).toBeGreaterThan(0);
    await page.getByRole("link", { name: "Month" }).click();
    await page.waitForURL(/view=month/);
    await page.getByRole("columnheader", { name: "Mon" }).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await page.getByRole("link", { name: "A Quiet Orbit" }).first().click();
    await page.getByRole("heading", { name: "A Quiet Orbit" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("gives a calendar link that works without login, until it is revoked", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/upcoming");
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = await page.getByText(/\/calendar\/.+\.ics$/).textContent();
    const address = `${seeded.app.url}${new URL(link ?? "").pathname}`;
    const feed = await (await fetch(address)).text();
    expect(feed).toContain("SUMMARY:Tidewater Road S03E06");
    expect(feed).toContain("SUMMARY:A Quiet Orbit (digital release)");
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "Revoke the link" }).click();
    await page.getByRole("button", { name: "Make a link" }).waitFor();
    expect((await fetch(address)).status).toBe(404);
    await context.close();
  });

  it("shows a deed the moment it is done, with old and new value", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/activity");
    await page.getByText("https://media.example.net/sonarr-anime").waitFor();
    await page.evaluate(() => {
      Object.assign(window, { isSamePage: true });
    });
    const answer = await fetch(`${seeded.app.url}/api/v1/settings`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ SMTP_USER: `Attic ${evil}` }),
    });
    expect(answer.status).toBe(200);
    await page.getByText(`Attic ${evil}`).waitFor();
    expect(await page.evaluate(() => "isSamePage" in window && !("pwned" in window))).toBe(true);
    await page.getByPlaceholder("Deed, name, value or address").fill("sonarr-anime");
    await page.waitForURL(/q=sonarr-anime/);
    await page.getByText("SMTP_USER").waitFor({ state: "detached" });
    await page.goto("/activity?view=runs");
    await page.getByRole("link", { name: "Check for missed" }).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("follows the log, filters by a press on a field, and shows everything as text", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/logs");
    await page.getByText("worker ready").first().waitFor();
    write("warn", `Line ${evil}`, { task: `flush ${evil}`, stack: `one\ntwo ${evil}` });
    await page.getByText(`Line ${evil}`).waitFor();
    const line = page.locator("[data-level]", { hasText: `Line ${evil}` });
    await line.getByRole("button", { name: "More", exact: true }).click();
    await page.getByText(`two ${evil}`).last().waitFor();
    await page.getByRole("link", { name: /^task=flush/ }).click();
    await page.waitForURL(/field=/);
    await page.getByText("worker ready").first().waitFor({ state: "detached" });
    expect(await page.locator("ol[aria-label=Lines] [data-level]").count()).toBe(1);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);

    await visit(page, "/logs?level=error&q=broke");
    await page.getByText("No line fits these filters.").waitFor();
    write("error", "It broke");
    await page.getByText("It broke").waitFor();

    // Somebody who reads further down is not disturbed.
    for (let n = 0; n < 300; n++) write("info", `line ${n}`);
    await visit(page, "/logs");
    await page.evaluate(() => window.scrollTo({ top: 1_500 }));
    write("info", "written meanwhile");
    // One or more: the product writes lines of its own meanwhile.
    const fresh = page.getByRole("button", { name: /^\d+ new$/ });
    await fresh.waitFor();
    expect(await page.getByText("written meanwhile").count()).toBe(0);
    await fresh.click();
    await page.getByText("written meanwhile").waitFor();
    const count = () => page.locator("ol[aria-label=Lines] [data-level]").count();
    const before = await count();
    await page.getByRole("button", { name: "Load older" }).click();
    await expect.poll(count).toBeGreaterThan(before);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("hands the log out as lines of JSON", async () => {
    const answer = await fetch(`${seeded.app.url}/logs/download?q=It+BROKE`);
    expect(answer.headers.get("content-disposition")).toMatch(/attachment; .*\.jsonl/);
    const records = (await answer.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(records.map(({ process, message }) => [process, message])).toEqual([
      ["web", "It broke"],
    ]);
  });

  it("restarts web and worker, and the page comes back by itself", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/requests");
    const pids = [seeded.app.pidOf("web"), seeded.app.pidOf("worker")];
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Title, person, page or action").fill("restart");
    await page.getByRole("option", { name: "Restart BingeAlert", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    const question = page.getByRole("dialog", { name: "Restart BingeAlert?" });
    await question.waitFor();
    expect([seeded.app.pidOf("web"), seeded.app.pidOf("worker")], "it asks first").toEqual(pids);
    await pressByKey(page, question.getByRole("button", { name: "Restart" }));
    await page.getByText("BingeAlert is back").waitFor({ timeout: 40_000 });
    expect(seeded.app.pidOf("web")).not.toBe(pids[0]);
    expect(seeded.app.pidOf("worker")).not.toBe(pids[1]);
    expect(seeded.app.output()).not.toContain("ended unexpectedly");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await context.close();
  });
});
