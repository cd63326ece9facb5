import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seriousViolations } from "./accessibility";
import {
  isOfReDocsMaker,
  type Look,
  layoutShift,
  noBrowser,
  openBrowser,
  openPage,
  scrollsSideways,
  visit,
} from "./browser";
import { everyPage } from "./every-page";
import { type SeededApp, startSeededApp } from "./seeded-app";

const looks: (Look & { which: "all" | "first three"; machine: "usual" | "slow" })[] = [
  { theme: "dark", width: 1440, which: "all", machine: "usual" },
  { theme: "light", width: 390, which: "all", machine: "usual" },
  { theme: "light", width: 1440, which: "first three", machine: "slow" },
  { theme: "dark", width: 390, which: "first three", machine: "slow" },
];
/** How many times slower than this machine a slow one computes. */
const SLOWDOWN = 6;
/** What may move while a page comes to life. */
const LAYOUT_SHIFT = 0.02;
const named = ({ theme, width }: Look) => `${theme}, ${width} wide`;

describe.skipIf(noBrowser)("the pages of a lively household", () => {
  let browser: Browser;
  let seeded: SeededApp;
  let paths: string[];

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("household")]);
    const { sql } = seeded;
    const [request] = await sql`select id from requests where title = 'Tidewater Road'`;
    const [mail] =
      await sql`select id from notifications where subject = 'Last Ferry North is ready'`;
    const first = ["/", `/requests/${request?.id}`, `/notifications?id=${mail?.id}`];
    paths = [...new Set([...first, ...(await everyPage(sql))])];
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  it.each(looks)("are whole and quiet: $theme, $width wide, $which, $machine", async (look) => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url, look);
    if (look.machine === "slow") {
      const devtools = await context.newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    }
    for (const path of look.which === "all" ? paths : paths.slice(0, 3)) {
      await visit(page, path);
      await expectOnePage(page);
      expect(await scrollsSideways(page), `${path} scrolls sideways, ${named(look)}`).toBe(false);
      const isDark = await page.evaluate(() => document.documentElement.classList.contains("dark"));
      expect(isDark).toBe(look.theme === "dark");
      expect(await brokenPictures(page), `pictures of ${path}`).toEqual([]);
      // A mail that leaves while one looks moves things, too: only what jumps twice is the page's own doing.
      let shift = await layoutShift(page);
      if (shift >= LAYOUT_SHIFT) {
        await visit(page, path);
        shift = await layoutShift(page);
      }
      expect.soft(shift, `${path} jumps, ${named(look)}`).toBeLessThan(LAYOUT_SHIFT);
      if (look.which === "all") {
        const found = await seriousViolations(page, { bothThemes: true });
        expect.soft(found, `axe on ${path}, ${named(look)}`).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("describes the API in two viewers that load nothing from elsewhere, and lets it be tried", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/docs");
    await page.locator("#operations-Health-getStats").click();
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await page.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
    await page.locator(".live-responses-table", { hasText: "sentLastWeek" }).waitFor();
    await expectOnePage(page);
    expect(complaints).toEqual([]);
    await visit(page, "/redoc");
    await page.getByRole("heading", { name: "A few figures for a start page" }).waitFor();
    await expectOnePage(page);
    const docs = page.getByRole("link", { name: "Docs", exact: true });
    expect(await docs.getAttribute("aria-current")).toBe("page");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("names the section of the settings in the breadcrumb and in the title", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    const crumbs = page.getByRole("navigation", { name: "Breadcrumb" });
    const sections = paths.filter((path) => path.startsWith("/settings/"));
    expect(sections.length).toBeGreaterThan(10);
    const expectNamed = async (where: string) => {
      const heading = await page.getByRole("heading", { level: 1 }).textContent();
      const here = crumbs.locator("[aria-current=page]");
      expect(await here.textContent(), where).toBe(heading);
      expect(await crumbs.textContent(), where).toBe(`Settings/${heading}`);
      const section = page.getByRole("navigation", { name: "Sections" });
      expect(await section.locator("[aria-current=page]").textContent(), where).toBe(heading);
      await expect
        .poll(() => page.title(), { message: where })
        .toBe(`${heading} · Settings · BingeAlert`);
    };
    for (const path of sections) {
      await visit(page, path);
      await expectNamed(path);
    }
    // From section to section the top bar stays, and only its words change.
    await page.getByRole("link", { name: "Stuck downloads" }).click();
    await page.getByRole("heading", { level: 1, name: "Stuck downloads" }).waitFor();
    await crumbs.locator("[aria-current=page]", { hasText: "Stuck downloads" }).waitFor();
    await expectNamed("after a click");
    await crumbs.getByRole("link", { name: "Settings" }).click();
    await page.waitForURL(/\/settings\/services$/);
    await context.close();
  });

  it("leaves room on a tablet for what one has to read", async () => {
    const { page, context } = await openPage(browser, seeded.app.url);
    await page.setViewportSize({ width: 820, height: 1180 });
    await visit(page, "/settings/security");
    const sections = page.getByRole("navigation", { name: "Sections" }).getByRole("link");
    expect(await sections.count()).toBeGreaterThan(10);
    const beyond = await sections.evaluateAll(
      (links) => links.filter((link) => link.getBoundingClientRect().right > innerWidth).length,
    );
    expect(beyond, "sections out of sight").toBe(0);
    // Why a request stands as it does, and which episode an issue is about.
    for (const path of ["/requests", "/issues"]) {
      await visit(page, path);
      const second = page.locator("tbody .num.truncate");
      expect(await second.count()).toBeGreaterThan(1);
      const cut = await second.evaluateAll((lines) =>
        lines
          .filter((line) => line.scrollWidth > line.clientWidth)
          .map(({ textContent }) => textContent),
      );
      expect(cut, path).toEqual([]);
    }
    // Between a tablet and a desktop the sidebar takes its part of the room.
    for (const width of [820, 1024, 1180, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ["/requests", "/issues", "/system"]) {
        await visit(page, path);
        const squeezed = await page
          .locator("tbody :is(td, th)")
          .evaluateAll((cells) =>
            cells
              .filter(
                (cell) =>
                  cell.scrollWidth > cell.clientWidth + 1 ||
                  cell.querySelector("[data-row-link]")?.getBoundingClientRect().width === 0,
              )
              .map(({ textContent }) => textContent),
          );
        expect.soft(squeezed, `${path}, ${width} wide`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 820, height: 1180 });
    await visit(page, "/system");
    const rightOf = (words: Locator) =>
      words.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().right;
      });
    const head = await rightOf(page.getByRole("columnheader", { name: "Answer time" }));
    const figure = await rightOf(page.locator("tbody td:last-child .num").first());
    expect(Math.abs(head - figure)).toBeLessThan(1);
    await context.close();
  });

  it("filters, sorts and searches in the address, and Back undoes it", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    const rows = page.locator("tbody tr");
    await visit(page, "/requests");
    const all = await rows.count();

    await page.getByPlaceholder("Title, person or id").fill("Saltmarsh");
    await page.waitForURL(/[?&]q=Saltmarsh/);
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
    await page.getByPlaceholder("Title, person or id").fill("");
    await page.waitForURL(/\/requests$/);

    await page.getByRole("button", { name: "State" }).click();
    await page.getByRole("menuitem", { name: "Told", exact: true }).click();
    await page.waitForURL(/state=told/);
    await page.getByText(/match$/).waitFor();
    expect(await rows.count()).toBeLessThan(all);
    await page.goBack();
    await page.waitForURL(/\/requests$/);
    await page.waitForFunction((n) => document.querySelectorAll("tbody tr").length === n, all);

    await page.getByRole("link", { name: "Title" }).click();
    await page.waitForURL(/sort=title/);
    await page.locator('th[aria-sort="ascending"]', { hasText: "Title" }).waitFor();
    const titles = await page.locator("tbody [data-row-link]").allTextContents();
    const lower = titles.map((title) => title.toLowerCase());
    expect(lower).toEqual([...lower].sort((a, b) => a.localeCompare(b, "en")));
    await page.getByRole("link", { name: "Asked" }).click();
    await page.waitForURL(/sort=-asked/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("pages by key in every order, and Back returns to the page before", async () => {
    const { sql } = seeded;
    await sql`insert into requests (seerr_request_id, media_type, tmdb_id, title, status, origin, requested_at, last_news_at)
      select 9000 + n, 'movie', 9000 + n, 'Reel ' || lpad(n::text, 3, '0'), 'approved', 'sync',
        now() - interval '3 years' - n * interval '1 hour', now() - interval '2 years' - n * interval '1 hour'
      from generate_series(1, 60) n`;
    const { page, context } = await openPage(browser, seeded.app.url);
    for (const sort of ["", "?sort=title"]) {
      await visit(page, `/requests${sort}`);
      const seen: string[] = [];
      const take = async () => {
        const links = page.locator("tbody [data-row-link]");
        seen.push(
          ...(await links.evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""))),
        );
        return links.first().getAttribute("href");
      };
      const first = await take();
      for (let older = page.getByRole("link", { name: "Older" }); await older.count(); ) {
        const before = page.url();
        await older.click();
        await page.waitForURL((url) => url.href !== before && url.search.includes("after="));
        await page.waitForFunction(
          (n) => document.querySelector("tbody [data-row-link]")?.getAttribute("href") !== n,
          seen.at(-50) ?? "",
        );
        await take();
      }
      expect(new Set(seen).size, `each request once, ${sort}`).toBe(seen.length);
      expect(seen.length).toBe(75);
      await page.goBack();
      await page.waitForURL((url) => !url.search.includes("after="));
      await page.locator(`tbody [data-row-link][href="${first}"]`).waitFor();
    }
    await context.close();
    await sql`delete from requests where seerr_request_id > 9000`;
  });

  it("can be used by keyboard alone", async () => {
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    await visit(page, "/requests");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatchObject({ text: "Skip to content", isVisible: true });
    await page.keyboard.press("Tab");
    expect((await focused(page)).outline).not.toBe("none");

    await page.keyboard.press("/");
    expect(await focused(page)).toMatchObject({ tag: "INPUT" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/requests\/\d+$/);

    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await page.waitForURL(/\/notifications$/);

    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Title, person, page or action").fill("kestrel");
    await page.getByRole("option", { name: /Kestrel Down/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Kestrel Down" }).waitFor();

    await page.goto("/notifications?scope=history");
    await page.locator("[data-row-link]", { hasText: "Last Ferry North" }).click();
    await page.waitForURL(/id=\d+/);
    await page.locator("[data-drawer]").waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("id="));
    await page.locator("[data-drawer]").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("shows strange titles, names and bodies as the text they are", async () => {
    const { sql } = seeded;
    const evil = `</script><img src=x onerror="window.pwned=1">`;
    const [user] = await sql`insert into users (seerr_user_id, display_name, email)
      values (777, ${`Eve ${evil}`}, 'eve@example.net') returning id`;
    const [request] = await sql`insert into requests
      (seerr_request_id, user_id, media_type, tmdb_id, title, status, origin, requested_at)
      values (777, ${user?.id}, 'movie', 777, ${`Film ${evil}`}, 'approved', 'sync', now()) returning id`;
    await sql`insert into request_watchers (request_id, user_id, source) values (${request?.id}, ${user?.id}, 'asked')`;
    await sql`insert into timeline_entries (request_id, at, kind, code, words, reason, source)
      values (${request?.id}, now(), 'fact', 'imported', ${`Row ${evil}`}, ${`Because ${evil}`}, ${`Source ${evil}`})`;
    const [mail] = await sql`insert into notifications
      (audience, user_id, kind, request_id, title, subject, status, status_reason, due_at)
      values ('user', ${user?.id}, 'movie_available', ${request?.id}, ${`Film ${evil}`}, ${`Subject ${evil}`},
        'held', ${`Reason ${evil}`}, now()) returning id`;
    const [event] =
      await sql`insert into inbound_events (source, event_type, title, body, headers, outcome, reason)
      values ('sonarr', ${`Type ${evil}`}, ${`Title ${evil}`}, ${Buffer.from(JSON.stringify({ evil }))}, '{}', 'ignored', ${`Reason ${evil}`})
      returning id`;
    const [issue] =
      await sql`insert into issues (seerr_issue_id, type, media_type, tmdb_id, title, message,
        reporter_id, reporter_name, status, status_reason, reported_at, stepped_at, last_news_at)
      values (777, 'audio', 'movie', 777, ${`Broken ${evil}`}, ${`Heard ${evil}`}, ${user?.id}, ${`Eve ${evil}`},
        'reported', ${`Stands ${evil}`}, now(), now(), now()) returning id`;
    await sql`insert into maintenance_windows (title, text, starts_at, ends_at, zone, status, announced_at, created_by)
      values (${`Works ${evil}`}, ${`Text ${evil}`}, now() + interval '2 days', now() + interval '3 days',
        'Europe/Berlin', 'scheduled', now(), ${`Admin ${evil}`})`;
    await sql`insert into service_health (key, name, state, failures, since, checked_at, words, remedy, is_told)
      values ('plex', ${`Plex ${evil}`}, 'down', 3, now(), now(), ${`Says ${evil}`}, ${`Do ${evil}`}, false)
      on conflict (key) do update set words = excluded.words, remedy = excluded.remedy, state = excluded.state`;
    const [run] =
      await sql`insert into job_runs (name, trigger, started_at, finished_at, outcome, words, error)
      values ('reconcile', 'admin', now(), now(), 'failed', ${`Words ${evil}`}, ${`Error ${evil}`}) returning id`;
    await sql`insert into audit_entries (at, actor, address, action, area, subject, before, after)
      values (now(), ${`Actor ${evil}`}, '192.0.2.1', ${`Did ${evil}`}, 'mails', ${`Subject ${evil}`},
        ${sql.json({ evil })}, ${sql.json({ evil: `${evil}!` })})`;
    const { page, context, complaints } = await openPage(browser, seeded.app.url);
    const places = [
      ["/", "Needs you"],
      ["/requests", `Film ${evil}`],
      [`/requests/${request?.id}`, `Row ${evil}`],
      [`/notifications?id=${mail?.id}`, `Subject ${evil}`],
      ["/notifications/held", `Subject ${evil}`],
      ["/users", `Eve ${evil}`],
      [`/inbox/${event?.id}`, `Title ${evil}`],
      [`/users/${user?.id}`, `Eve ${evil}`],
      ["/issues", `Broken ${evil}`],
      [`/issues/${issue?.id}`, `Heard ${evil}`],
      ["/maintenance", `Works ${evil}`],
      ["/system", `Says ${evil}`],
      [`/runs/${run?.id}`, `Error ${evil}`],
      ["/activity", `Did ${evil}`],
    ] as const;
    for (const [path, text] of places) {
      await visit(page, path);
      expect(await page.locator("main").textContent(), `${text} on ${path}`).toContain(text);
      expect(await page.evaluate(() => "pwned" in window), path).toBe(false);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe.skipIf(noBrowser)("the pages before anything is known or connected", () => {
  let browser: Browser;
  let empty: SeededApp;

  beforeAll(async () => {
    [browser, empty] = await Promise.all([openBrowser(), startSeededApp("nothing")]);
  });
  afterAll(async () => {
    await browser?.close();
    await empty?.stop();
  });

  it.each(looks.filter((look) => look.which === "all"))(
    "say what to do next: $theme, $width wide",
    async (look) => {
      const { page, context, complaints } = await openPage(browser, empty.app.url, look);
      const pages = [
        ["/", "Seerr is not connected"],
        ["/", "JELLYSEERR_URL"],
        ["/requests", "Requests come from Seerr, and it is not connected yet"],
        ["/notifications", "Nothing is waiting"],
        ["/notifications?tab=needs_you", "Nothing needs you"],
        ["/notifications?scope=history", "No mail has been planned yet"],
        ["/notifications/held", "No mail is on hold"],
        ["/users", "People come from Seerr"],
        ["/issues", "Reported problems come from Seerr"],
        ["/inbox", "Install the webhooks"],
        ["/system", "No service is connected yet."],
        ["/upcoming", "none is connected yet"],
        ["/activity", "Nothing was done yet"],
        ["/activity?q=x", "Nothing that was done fits"],
        ["/logs?q=nothing-like-this", "No line fits these filters"],
      ] as const;
      for (const [path, text] of pages) {
        await visit(page, path);
        expect(await page.locator("main").textContent(), path).toContain(text);
        expect(await scrollsSideways(page), `${path} scrolls sideways`).toBe(false);
      }
      await visit(page, "/");
      await page.getByRole("link", { name: "Set up: No mail server is set up" }).click();
      await page.getByRole("heading", { level: 1, name: "E-mail" }).waitFor();
      for (const [path, link] of [
        ["/requests", "Connect Seerr"],
        ["/inbox", "Install the webhooks"],
        ["/system", "Connect Plex"],
      ] as const) {
        await visit(page, path);
        await page.getByRole("link", { name: link }).click();
        await page.getByRole("heading", { level: 1, name: "Connected services" }).waitFor();
      }
      await page.getByRole("button", { name: "Connect Plex" }).waitFor();
      // Both themes are measured on each; a narrow page without rows holds nothing a wide one does not.
      for (const path of look.width === 1440 ? await everyPage(empty.sql) : []) {
        await visit(page, path);
        const found = await seriousViolations(page, { bothThemes: true });
        expect.soft(found, `axe on ${path}, ${named(look)}, empty`).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it("answers an unknown address with a page, not an error", async () => {
    const { page, context } = await openPage(browser, empty.app.url);
    const answer = await page.goto("/requests/999999");
    expect(answer?.status()).toBe(404);
    expect(await page.locator("h1").textContent()).toMatch(/nothing at this address/);
    await context.close();
  });
});

async function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const box = element.getBoundingClientRect();
    return {
      tag: element.tagName,
      text: element.textContent,
      isVisible: box.width > 4 && box.height > 4 && box.top >= 0,
      outline: getComputedStyle(element).outlineStyle,
    };
  });
}

/** Addresses of pictures within sight that did not load. */
async function brokenPictures(page: Page): Promise<string[]> {
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.complete || image.loading === "lazy"),
  );
  const broken = await page.evaluate(() =>
    [...document.images]
      .filter((image) => image.complete && image.naturalWidth === 0)
      .map((image) => image.src),
  );
  return broken.filter((address) => !isOfReDocsMaker(address));
}

/** One first heading and one main part; visible: while a page streams in, what is not in its place yet is hidden. */
async function expectOnePage(page: Page): Promise<void> {
  // Playwright's levels are those of the tags, whatever aria-level says.
  const titles = await page.locator("h1:not([aria-level]):visible").allTextContents();
  expect(titles, `first headings of ${page.url()}`).toHaveLength(1);
  expect(await page.getByRole("main").count(), `main parts of ${page.url()}`).toBe(1);
}
