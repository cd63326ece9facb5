import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seriousViolations } from "./accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways, visit } from "./browser";
import { type SeededApp, startSeededApp } from "./seeded-app";

describe.skipIf(noBrowser)("statistics", () => {
  let browser: Browser;
  let seeded: SeededApp;

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("household")]);
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  it("draws how long people waited, says it in words, and has the same as a table", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/");
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("heading", { name: /^Half of the waits were over within/ }).waitFor();
    const [row] = await seeded.sql<{ count: number }[]>`
      select count(*)::int as count from requests where watchable_at is not null`;
    await page.getByText(new RegExp(`^${row?.count} requests became watchable since`)).waitFor();
    const chart = page.getByRole("img", { name: /^Median wait by week/ });
    expect(await chart.count()).toBe(1);
    const lengths = page.getByRole("list", { name: "Requests by how long they were waited for" });
    expect(await lengths.getByRole("listitem").count()).toBe(5);

    await page.getByText("Show as table").press("Enter");
    const table = page.getByRole("table");
    expect(await table.getByRole("row").count()).toBe(13);
    const weeks = await table.locator("tbody td:first-of-type").allTextContents();
    expect(weeks.reduce((sum, text) => sum + Number(text), 0)).toBe(row?.count);
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("draws charts whose letters can be read on every screen", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    for (const path of ["/", "/statistics"]) {
      for (const width of [1440, 1280, 1024, 820, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await visit(page, path);
        const chart = page.getByRole("img", { name: /by week|per day/ });
        // The drawing is scaled to its place, and its letters with it.
        const pixels = await chart.evaluate((drawing) => {
          const { width: drawn } = (drawing as SVGSVGElement).viewBox.baseVal;
          return (11 * drawing.getBoundingClientRect().width) / drawn;
        });
        expect.soft(pixels, `${path}, ${width} wide`).toBeGreaterThan(10.4);
        expect.soft(pixels, `${path}, ${width} wide`).toBeLessThan(18);
      }
    }
    await context.close();
  });

  it("leads from what waits to the requests and mails it counts", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/statistics");
    const waiting = page.getByRole("list", { name: /^Requests that are not over/ });
    const bar = waiting.getByRole("listitem").filter({ hasText: "Needs you" });
    const [needs] = await seeded.sql<
      { count: number }[]
    >`select count(*)::int as count from requests
      where state in ('mail_held', 'mail_unknown', 'mail_failed', 'plex_cannot_see', 'failed')`;
    expect(await bar.locator(".num").last().textContent()).toBe(String(needs?.count));
    await bar.getByRole("link").click();
    await page.waitForURL(/\/requests\?state=needs_you/);
    await page.getByText(`${needs?.count} match`).waitFor();
    await page.goBack();
    await page
      .getByRole("list", { name: /^Mails/ })
      .getByRole("link", { name: "On hold" })
      .click();
    await page.waitForURL(/\/notifications\/held/);
    await context.close();
  });

  it("keeps a very long title in its line on every screen", async () => {
    await seeded.sql`update requests set state = 'looking', told_count = 0, requested_at = now() - interval '2 years'
      where title like '%Donaudampf%'`;
    for (const width of [1440, 390] as const) {
      const { page, context } = await openPage(browser, seeded.app.url, { theme: "light", width });
      await visit(page, "/statistics");
      await page.getByRole("link", { name: /Donaudampf/ }).waitFor();
      expect(await scrollsSideways(page), `${width} wide`).toBe(false);
      await context.close();
    }
  });
});

describe.skipIf(noBrowser)("statistics before anything became watchable", () => {
  let browser: Browser;
  let seeded: SeededApp;

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("nothing")]);
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  it("says what will be drawn, and when", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/statistics");
    await page.getByRole("heading", { name: "Nobody has asked for anything yet." }).waitFor();
    await seeded.sql`insert into requests (seerr_request_id, media_type, tmdb_id, title, status, origin, requested_at)
      values (1, 'movie', 1, 'A Quiet Orbit', 'approved', 'sync', now())`;
    await visit(page, "/statistics");
    await page.getByText("Nothing became watchable in these weeks yet.").waitFor();
    await page.getByText("No mail waits, and no job.").waitFor();
    await page.getByRole("link", { name: "Still looking" }).waitFor();
    expect(await page.getByRole("img", { name: /^Median/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
