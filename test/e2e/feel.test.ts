import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signFollowLink, signLink, signOpenLink } from "@/lib/services/users/signed-links";
import { seriousViolations } from "./accessibility";
import { noBrowser, openBrowser, openPage, scrollsSideways, visit } from "./browser";
import { everyPage } from "./every-page";
import { type SeededApp, secretKey, startSeededApp } from "./seeded-app";

/** Bytes of JavaScript, gzipped, that a list page may cost whoever opens it first. */
const SCRIPT_BUDGET = 225_000;

const longTitle =
  "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz und Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const rightToLeft = "ليلة طويلة في المدينة القديمة (الجزء الثاني)";

describe.skipIf(noBrowser)("how the dashboard feels", () => {
  let browser: Browser;
  let seeded: SeededApp;
  let paths: string[];

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("household")]);
    const { sql } = seeded;
    for (const [id, title] of [
      [8801, longTitle],
      [8802, rightToLeft],
    ] as const) {
      const [user] = await sql`insert into users (seerr_user_id, display_name, email)
        values (${id}, ${`${title} ${title}`}, ${`${"long".repeat(12)}${id}@example.net`}) returning id`;
      const [request] = await sql`insert into requests
        (seerr_request_id, user_id, media_type, tmdb_id, title, status, origin, requested_at, last_news_at)
        values (${id}, ${user?.id}, 'movie', ${id}, ${title}, 'approved', 'sync', now(), now()) returning id`;
      await sql`insert into request_watchers (request_id, user_id, source) values (${request?.id}, ${user?.id}, 'asked')`;
      await sql`insert into notifications
        (audience, user_id, kind, request_id, title, subject, status, status_reason, due_at)
        values ('user', ${user?.id}, 'movie_available', ${request?.id}, ${title}, ${`${title}: ${title}`},
          'failed', ${`550 ${title}`}, now())`;
    }
    const added = await sql`select id from requests where seerr_request_id > 8800`;
    paths = [...(await everyPage(sql)), ...added.map(({ id }) => `/requests/${id}`)];
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  it("fits 320 wide, a phone and 200 % zoom, with long words and right-to-left names", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url, {
      theme: "dark",
      width: 390,
    });
    for (const path of paths) {
      await page.setViewportSize({ width: 320, height: 640 });
      await visit(page, path);
      expect.soft(await scrollsSideways(page), `${path} at 320`).toBe(false);
      await page.setViewportSize({ width: 390, height: 844 });
      expect.soft(await scrollsSideways(page), `${path} at 390`).toBe(false);
      // A window of 1440 at 200 %.
      await page.setViewportSize({ width: 720, height: 450 });
      expect.soft(await scrollsSideways(page), `${path} at 200 %`).toBe(false);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("lets a title that runs from right to left keep its order, at the left like all others", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/requests?q=المدينة");
    const title = page.locator("tbody [data-row-link]").first();
    expect(await title.textContent()).toBe(rightToLeft);
    const look = (of: Locator) =>
      of.evaluate((element) => {
        const { direction, textAlign } = getComputedStyle(element);
        return [direction, textAlign];
      });
    expect(await look(title)).toEqual(["rtl", "left"]);
    await title.click();
    await page.waitForURL(/\/requests\/\d+/);
    expect(await look(page.getByRole("heading", { level: 1, name: rightToLeft }))).toEqual([
      "rtl",
      "left",
    ]);
    await context.close();
  });

  it("sends little JavaScript", async () => {
    for (const path of [
      "/requests",
      "/notifications",
      "/users",
      "/inbox",
      "/issues",
      "/activity",
    ]) {
      const { page, context } = await openPage(browser, seeded.app.url);
      await visit(page, path);
      await page.waitForLoadState("networkidle");
      const bytes = await page.evaluate(() =>
        (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
          .filter((entry) => new URL(entry.name).pathname.endsWith(".js"))
          .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
      );
      process.stdout.write(`${path}: ${(bytes / 1000).toFixed(1)} kB of JavaScript, gzipped\n`);
      expect(bytes, path).toBeGreaterThan(50_000);
      expect.soft(bytes, path).toBeLessThan(SCRIPT_BUDGET);
      await context.close();
    }
  });

  it("moves focus into dialogs, menus and sheets, and back", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/requests");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "content");

    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await keys.getByText("Select the row").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "detached" });

    const opener = page.getByRole("button", { name: "Search or jump to" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Title, person, page or action").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await focused(page, "Search or jump to");

    const state = page.getByRole("button", { name: "State" });
    await state.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await focused(page, "State");

    for (const [key, place] of [
      ["u", "users"],
      ["i", "inbox"],
      ["h", "system"],
      ["s", "settings"],
    ]) {
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press("g");
      await page.keyboard.press(key as string);
      await page.waitForURL(new RegExp(`/${place}`));
    }
    expect(complaints).toEqual([]);
    await context.close();

    const phone = await openPage(browser, seeded.app.url, { theme: "dark", width: 390 });
    await visit(phone.page, "/");
    await phone.page.getByRole("button", { name: "More" }).press("Enter");
    const sheet = phone.page.getByRole("dialog", { name: "More" });
    await sheet.waitFor();
    expect(await seriousViolations(phone.page)).toEqual([]);
    await phone.page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await focused(phone.page, "More");
    await phone.context.close();
  });

  it("shows the shape of a page that takes its time, and none of one that does not", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/users(\?|$)/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("link", { name: "Users", exact: true }).first().click();
    const shape = page.getByRole("status").filter({ hasText: "Loading the page" });
    await shape.waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    release();
    await page.waitForURL(/\/users$/);
    await page.getByRole("heading", { name: "Users" }).waitFor();
    await shape.waitFor({ state: "detached" });
    // Where one comes back to was not asked for.
    await page.goBack();
    await page.getByRole("heading", { name: "Told today" }).waitFor();
    expect(await shape.count()).toBe(0);
    await context.close();
  });

  it("lets new rows wait behind a bar while somebody reads further down", async () => {
    const { sql } = seeded;
    const { page, context } = await openPage(browser, seeded.app.url);
    await page.setViewportSize({ width: 1440, height: 500 });
    // The change comes when the page has been read and its stream is not open yet.
    let letListen = () => {};
    const changed = new Promise<void>((resolve) => {
      letListen = resolve;
    });
    await page.route("**/api/events?*", (route) => changed.then(() => route.continue()));
    await visit(page, "/requests");
    await page.evaluate(() => window.scrollTo(0, 400));
    await sql`insert into requests
      (seerr_request_id, media_type, tmdb_id, title, status, origin, requested_at, last_news_at)
      values (8803, 'movie', 8803, 'Come in late', 'approved', 'sync', now(), now())`;
    await sql`select pg_notify('bingealert_changes', 'requests')`;
    letListen();
    const bar = page.getByRole("button", { name: /^\d+ new$/ });
    await bar.waitFor();
    expect(await page.getByRole("link", { name: "Come in late" }).count()).toBe(0);
    await bar.click();
    await page.getByRole("link", { name: "Come in late" }).first().waitFor();
    await bar.waitFor({ state: "detached" });
    expect(await page.evaluate(() => window.scrollY)).toBeLessThan(50);
    await context.close();
  });

  it("picks several mails with shift and x, and does one thing to all of them", async () => {
    const { sql } = seeded;
    await sql`insert into notifications (audience, kind, title, subject, status, due_at, to_address)
      select 'admin', 'stuck_downloads', 'Pick me', 'Pick me ' || n, 'scheduled', now() + interval '2 hours', 'admin@example.net'
      from generate_series(1, 4) n`;
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/notifications?tab=leaving");
    const box = (n: number) => page.getByRole("checkbox", { name: `Pick me ${n}` });
    const inList = await page.locator("tbody [data-row-link]").allTextContents();
    const order = inList
      .filter((words) => words.startsWith("Pick me"))
      .map((w) => Number(w.at(-1)));
    const [one = 1, , three = 3, four = 4] = order;
    await box(one).click();
    await box(three).click({ modifiers: ["Shift"] });
    await page.getByText("3 selected").waitFor();
    await page.getByRole("link", { name: `Pick me ${four}` }).focus();
    await page.keyboard.press("x");
    await page.getByText("4 selected").waitFor();
    await page.keyboard.press("x");
    await page.getByText("3 selected").waitFor();
    expect(await seriousViolations(page, { bothThemes: true })).toEqual([]);

    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByRole("button", { name: "Cancel 3 mails" }).click();
    await page.getByText("3 mails cancelled").waitFor();
    await page.getByText("3 selected").waitFor({ state: "detached" });
    const left = await sql`select subject, status from notifications where subject like 'Pick me%'
      and status = 'scheduled'`;
    expect(left.map((row) => row.subject)).toEqual([`Pick me ${four}`]);

    await box(four).click();
    await page.keyboard.press("Escape");
    await page.getByText("1 selected").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("keeps the pages of people who have no login readable for everybody", async () => {
    const [user] = await seeded.sql`select id, link_version from users where unsubscribed_at is null
      and seerr_user_id < 8000 order by id limit 1`;
    const [request] =
      await seeded.sql`select id from requests where title = 'Tidewater Road' order by id limit 1`;
    const key = { secretKey };
    const token = signLink(key, { userId: Number(user?.id), version: Number(user?.link_version) });
    const follow = signFollowLink(key, Number(request?.id));
    for (const width of [1440, 390] as const) {
      // German on the phone: its words are the longest.
      const language = width === 390 ? "de" : null;
      await seeded.sql`update users set language = ${language} where id = ${Number(user?.id)}`;
      const { page, context } = await openPage(browser, seeded.app.url, { theme: "dark", width });
      for (const scheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        for (const path of [
          `/u/${token}`,
          `/u/${token}/unsubscribe`,
          `/u/${token}/mute/${request?.id}`,
          `/u/${token}/follow/${follow}`,
          `/u/no-such-link`,
          `/follow/${follow}`,
          `/open/${signOpenLink(key, "show:tvdb:412905")}`,
        ]) {
          await page.goto(path);
          const where = `${path.replaceAll(token, "token")}, ${scheme}, ${width}`;
          // As in the mails of “The Attic Cinema”, and of nobody where the link says nothing.
          const isKnown = !path.includes("no-such-link");
          expect.soft(await page.locator(".tile").textContent(), where).toBe(isKnown ? "A" : "B");
          expect.soft(await seriousViolations(page), where).toEqual([]);
          expect.soft(await scrollsSideways(page), where).toBe(false);
        }
      }
      await context.close();
    }
  });

  it("can be read in forced colours", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    const [request] =
      await seeded.sql`select id from requests where title = 'Tidewater Road' order by id limit 1`;
    await visit(page, `/requests/${request?.id}`);
    const shown = (state: string) =>
      page.locator(`.ep[data-state="${state}"]`).filter({ visible: true }).first();
    await shown("downloading").waitFor();
    const told = shown("told");
    await told.waitFor();
    const border = await told.evaluate((square) => getComputedStyle(square).borderTopStyle);
    expect(border).not.toBe("none");
    await context.close();
  });

  it("moves nothing for whoever asked for less motion", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    const [request] =
      await seeded.sql`select id from requests where title = 'Tidewater Road' order by id limit 1`;
    for (const path of ["/", `/requests/${request?.id}`, "/notifications", "/settings/batching"]) {
      await visit(page, path);
      expect(await moving(page), path).toEqual([]);
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await moving(page), "a dialog").toEqual([]);
    // For everybody else it does move: the wish is what makes the difference.
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await moving(page)).not.toEqual([]);
    await context.close();
  });

  it("sends no form while the browser has no network, and keeps what was typed", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/settings/batching");
    const delay = page.getByLabel("Initial delay");
    const save = page.getByRole("button", { name: "Save", exact: true });
    await delay.fill("300");
    await save.waitFor();
    await context.setOffline(true);
    await page.getByRole("status").filter({ hasText: "Offline" }).waitFor();
    expect(await save.getAttribute("aria-disabled")).toBe("true");
    await save.focus();
    await page.getByRole("tooltip").filter({ hasText: "Offline" }).waitFor();
    await delay.press("Enter");
    expect(await delay.inputValue()).toBe("300");
    expect(await page.getByText("Nothing answers at BingeAlert").count()).toBe(0);

    await context.setOffline(false);
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor({ timeout: 40_000 });
    expect(await save.getAttribute("aria-disabled")).toBe(null);
    await delay.press("Enter");
    await save.waitFor({ state: "detached" });
    const [kept] = await seeded.sql`select value from settings
      where name = 'NOTIFICATION_INITIAL_DELAY_SECONDS'`;
    expect(kept?.value).toBe("300");
    await context.close();
  });

  it("can be installed", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/");
    const devtools = await context.newCDPSession(page);
    const { errors, data } = await devtools.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data ?? "{}") as {
      icons: { src: string; sizes: string; purpose?: string }[];
    };
    expect(icons.some((icon) => icon.purpose === "maskable")).toBe(true);
    for (const icon of icons) {
      const size = await page.evaluate(async (src) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, icon.src);
      expect(size, icon.src).toBe(icon.sizes);
    }
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    // A window without a profile of its own is never offered it; everything else would be ours.
    expect(
      installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito"),
    ).toEqual([]);
    await context.close();
  });

  it("says when the server is gone, and comes back by itself", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await visit(page, "/notifications");
    const rows = await page.locator("tbody tr").count();
    // It says so at once, however long the server takes to end.
    const reconnecting = page.getByRole("status").filter({ hasText: "Reconnecting" });
    await Promise.all([reconnecting.waitFor(), seeded.app.stop()]);
    await page
      .getByRole("status")
      .filter({ hasText: /Offline, as of \d\d:\d\d/ })
      .waitFor({ timeout: 30_000 });
    expect(await page.locator("tbody tr").count(), "nothing is blanked").toBe(rows);
    // A mail on its way offers nothing, one that failed can be sent again.
    await page.getByRole("checkbox", { name: `Select “${longTitle}` }).click();
    const action = page.getByRole("button", { name: "Resend", exact: true });
    expect(await action.getAttribute("aria-disabled")).toBe("true");
    await action.focus();
    await page.getByRole("tooltip").filter({ hasText: "Offline" }).waitFor();

    await seeded.startAgain();
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor({ timeout: 40_000 });
    expect(await action.getAttribute("aria-disabled")).toBe(null);
    await context.close();
  });
});

/** What would move: elements, with their parts before and after, whose animation or transition takes time. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const longest = (durations: string) =>
      Math.max(...durations.split(",").map((words) => Number.parseFloat(words)));
    return [...document.querySelectorAll("*")].flatMap((element) =>
      [null, "::before", "::after"].flatMap((part) => {
        const style = getComputedStyle(element, part);
        const isAnimated =
          style.animationName !== "none" && longest(style.animationDuration) > 0.001;
        return isAnimated || longest(style.transitionDuration) > 0.001
          ? [`${element.tagName}${part ?? ""}.${element.getAttribute("class")}`]
          : [];
      }),
    );
  });
}

/** Waits until the focus is on the button of this name: it comes back a moment after what was open is gone. */
async function focused(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true }).first();
  await expect
    .poll(() => button.evaluate((element) => element === document.activeElement), {
      message: `the focus is on ${name}`,
    })
    .toBe(true);
}
