import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seriousViolations } from "./accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways, visit } from "./browser";
import { type SeededApp, startSeededApp } from "./seeded-app";

describe.skipIf(noBrowser)("users", () => {
  let browser: Browser;
  let seeded: SeededApp;

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("household")]);
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  it("shows one person title by title: told, on its way, not told, with ways to request and mail", async () => {
    const { sql } = seeded;
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/users");
    await page.getByRole("link", { name: "Hannah Brandt" }).click();
    await page.getByText("A mail to Hannah is on hold and waits for you.").waitFor();
    const row = page.getByRole("listitem").filter({ hasText: "Last Ferry North" }).first();
    await row.getByText("Told", { exact: false }).first().waitFor();
    await row.getByRole("link", { name: /^Mail sent/ }).click();
    await page.waitForURL(/\/notifications\?scope=history&id=\d+/);
    await page.goBack();
    await row.getByRole("link", { name: "Last Ferry North" }).click();
    await page.waitForURL(/\/requests\/\d+$/);

    // Ben switched these mails off, and the timeline says when he was not told.
    const [ben] = await sql`select id from users where display_name like 'Ben%'`;
    await visit(page, `/users/${ben?.id}`);
    const tidewater = page.getByRole("listitem").filter({ hasText: "Tidewater Road" }).first();
    await tidewater.getByText("Switched off this kind of mail").waitFor();
    await tidewater.getByText(/Ben was not told: he switched off/).waitFor();

    // What waits leads to its request.
    const [mira] = await sql`select id from users where display_name like 'Mira%'`;
    await visit(page, `/users/${mira?.id}`);
    await page.getByRole("link", { name: /about episode 7 of Paper Lantern District/ }).click();
    await page.waitForURL(/\/requests\/\d+$/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("keeps to its lines with very long titles and many of them", async () => {
    const { sql } = seeded;
    const [user] = await sql`select id from users where display_name like 'Hannah%'`;
    await sql`insert into requests (seerr_request_id, user_id, media_type, tmdb_id, title, status, origin, requested_at, state)
      select 8000 + n, ${user?.id ?? 0}, 'movie', 8000 + n, repeat('Donaudampfschifffahrt ', n), 'approved', 'sync', now(), 'looking'
      from generate_series(1, 20) n`;
    await sql`insert into request_watchers (request_id, user_id, source)
      select id, user_id, 'asked' from requests where seerr_request_id between 8001 and 8020`;
    for (const look of [
      { theme: "dark", width: 1440 },
      { theme: "light", width: 390 },
    ] as const) {
      const { page, context } = await openPage(browser, seeded.app.url, look);
      await visit(page, `/users/${user?.id}`);
      expect(await scrollsSideways(page), `${look.width} wide`).toBe(false);
      await page.getByText(/^Show \d+ more$/).click();
      await page.getByText("Show fewer").waitFor();
      expect(await scrollsSideways(page), `${look.width} wide, all shown`).toBe(false);
      expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
      await context.close();
    }
  });

  it("sorts on a phone by a menu, and keeps the filters", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url, {
      theme: "light",
      width: 390,
    });
    await visit(page, "/users?mails=gets");
    const names = page.locator("tbody [data-row-link]");
    const rising = await names.allTextContents();
    expect(rising.length).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Sort: name, A to Z" }).click();
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    await page.getByRole("menuitem", { name: "name, Z to A" }).click();
    await page.waitForURL(/\/users\?mails=gets&sort=-name$/);
    await page.getByRole("button", { name: "Sort: name, Z to A" }).waitFor();
    expect(await names.allTextContents()).toEqual([...rising].reverse());

    await visit(page, "/requests?type=movie");
    await page.getByRole("button", { name: "Sort: newest news" }).click();
    await page.getByRole("menuitem", { name: "title, A to Z" }).click();
    await page.waitForURL(/\/requests\?type=movie&sort=title$/);
    await page.getByRole("button", { name: "Sort: title, A to Z" }).waitFor();
    const titles = await page.locator("main ul a[href^='/requests/']").allTextContents();
    expect(titles.indexOf("Copper Valley")).toBeLessThan(titles.indexOf("Kestrel Down"));
    expect(await scrollsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("are found by the palette, and lead on to their requests", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Title, person, page or action").fill("jonas@");
    await page.getByRole("option", { name: /^Jonas Weber/ }).click();
    await page.waitForURL(/\/users\/\d+$/);
    await page.getByRole("heading", { level: 1, name: "Jonas Weber" }).waitFor();
    await page.getByRole("link", { name: /^\d+ requests$/ }).click();
    await page.waitForURL(/\/requests\?person=\d+$/);
    await context.close();
  });

  it("searches, filters, sorts and pages a thousand people in the address", async () => {
    await seeded.sql`insert into users (seerr_user_id, display_name, email, is_active, muted_kinds)
      select 10000 + n, 'Zoe ' || lpad(n::text, 4, '0'), 'zoe' || n || '@example.net', n % 100 > 0,
        case when n % 10 = 1 then array['coming_soon'] else '{}' end
      from generate_series(1, 1000) n`;
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    const names = page.locator("tbody [data-row-link]");
    await visit(page, "/users");
    expect(await names.count()).toBe(50);
    const first = await names.allTextContents();
    await page.getByRole("link", { name: "Next" }).click();
    await page.waitForURL(/after=/);
    await page.waitForFunction(
      (name) => document.querySelector("tbody [data-row-link]")?.textContent !== name,
      first[0],
    );
    await page.getByRole("link", { name: "Previous" }).click();
    await page.waitForURL(/before=/);
    await page.waitForFunction(
      (name) => document.querySelector("tbody [data-row-link]")?.textContent === name,
      first[0],
    );
    expect(await names.allTextContents()).toEqual(first);

    await page.getByRole("button", { name: "Mails" }).click();
    await page.getByRole("menuitem", { name: "Deactivated" }).click();
    await page.waitForURL(/mails=deactivated/);
    await page.getByText("10 match").waitFor();
    expect(await names.allTextContents()).toContain("Zoe 0500");
    await page.getByPlaceholder("Name or address").fill("zoe0500");
    await page.getByText(/Nobody fits “zoe0500” and mails “Deactivated”/).waitFor();
    await page.getByRole("link", { name: "Clear the filters" }).click();
    await page.waitForURL(/\/users$/);

    await page.getByRole("link", { name: "Requests" }).last().click();
    await page.waitForURL(/sort=-requests/);
    await page.locator('th[aria-sort="descending"]', { hasText: "Requests" }).waitFor();
    const counts = (await page.locator("tbody td:nth-child(3)").allTextContents()).map(Number);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(0);
    await page.getByRole("link", { name: "Last told" }).click();
    await page.waitForURL(/sort=-told/);
    await page.locator('th[aria-sort="descending"]', { hasText: "Last told" }).waitFor();
    expect(await page.locator("tbody td:last-child").first().textContent()).not.toBe("Never");
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
