import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rateLimits } from "@/lib/domain/rate-limit";
import { ask } from "../support/raw-http";
import { noBrowser, openBrowser, openPage, visit, type WatchedPage } from "./browser";
import { type SeededApp, startSeededApp } from "./seeded-app";

describe.skipIf(noBrowser)("what the admin does with mails", () => {
  let browser: Browser;
  let seeded: SeededApp;
  let view: WatchedPage;

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([openBrowser(), startSeededApp("household")]);
    // The sample's mails name their subject only; with an item each they can be drawn.
    await seeded.sql`insert into notification_items (notification_id, media_key, request_id)
      select id, 'movie:tmdb:330001', request_id from notifications
      where status in ('held', 'unknown', 'failed') on conflict do nothing`;
    view = await openPage(browser, seeded.app.url);
  });
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  });

  const statusOf = async (id: number) => {
    const [row] = await seeded.sql`select status from notifications where id = ${id}`;
    return row?.status as string;
  };

  it("looks at a mail: preview light and dark, text, headers, attempts, why", async () => {
    const { page, complaints } = view;
    // Not "sent today": it may be just past midnight.
    await visit(page, "/notifications?scope=history");
    await page.locator("[data-row-link]", { hasText: "Last Ferry North is ready" }).click();
    const drawer = page.locator("[data-drawer]");
    const mail = page.frameLocator("iframe");
    await mail.getByText("The movie is on the server, Hannah.").waitFor();
    // It was sent with the poster at the public address, which this browser does not know.
    expect(await widthOfPoster(mail, "Poster of Last Ferry North")).toBe(300);
    const paper = () =>
      mail.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    const dark = await paper();
    await drawer.getByRole("link", { name: "Light" }).click();
    await page.waitForURL(/look=light/);
    await mail.getByText("The movie is on the server, Hannah.").waitFor();
    expect(await paper()).not.toBe(dark);
    for (const [tab, text] of [
      ["Text", "Play in Plex: https://app.plex.tv/"],
      ["Headers", "List-Unsubscribe-Post"],
      ["Attempts", "250 2.0.0 OK queued as 4XyZ"],
      ["Why", "Movie available"],
    ] as const) {
      await drawer.getByRole("link", { name: tab }).click();
      await drawer.getByText(text).first().waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it("shows the invented titles of samples with a poster", async () => {
    const { page, complaints } = view;
    await visit(page, "/settings/appearance");
    const sample = page.frameLocator("iframe");
    expect(await widthOfPoster(sample, "Poster of Tidewater Road")).toBe(300);
    expect(complaints).toEqual([]);
  });

  it("says why a mail on its way offers nothing", async () => {
    const { page, complaints } = view;
    const subject = "Just claimed by the worker";
    // By one that lives: what is in the hands of nobody is taken up again at the next minute.
    await seeded.sql`insert into notifications
        (audience, kind, title, subject, status, due_at, claimed_at, claimed_by)
      select 'admin', 'movie_available', ${subject}, ${subject}, 'sending', now(), now(), worker_id
      from worker_heartbeats order by started_at desc limit 1`;
    await visit(page, "/notifications");
    await page.getByRole("checkbox", { name: subject }).click();
    const bar = page.getByRole("region", { name: "Selected mails" });
    await bar.getByText("On the way: nothing to do until the mail server answers").waitFor();
    expect(await bar.getByRole("button").allTextContents()).toEqual(["Clear"]);
    await bar.getByRole("button", { name: "Clear" }).click();
    await bar.waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  it("sends again only after asking, as a mail of its own", async () => {
    const { page } = view;
    const [mail] = await seeded.sql`select id from notifications where status = 'unknown'`;
    await open(page, mail?.id);
    await page.getByRole("button", { name: "Send again" }).click();
    const question = page.getByRole("dialog", { name: /again\?/ });
    await question.getByText(/could get it twice/).waitFor();
    await question.getByRole("button", { name: "Keep as it is" }).click();
    expect(await copiesOf(mail?.id)).toBe(0);
    await page.getByRole("button", { name: "Send again" }).click();
    await question.getByRole("button", { name: "Send 1 mail again" }).click();
    await page.getByText("Sent again, as a mail of its own").waitFor();
    expect(await copiesOf(mail?.id)).toBe(1);
    expect(await statusOf(mail?.id)).toBe("unknown");
  });

  it("sends a waiting mail now, and cancels another", async () => {
    const { page } = view;
    const waiting = await seeded.sql`select id from notifications where status = 'scheduled'
      and due_at > now() order by id`;
    const [first, second] = waiting.map((row) => row.id as number) as [number, number];
    await open(page, first);
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send 1 mail" }).click();
    await seeded.mailbox.waitFor((mail) => mail.subject.startsWith("Tidewater Road"), 15_000);
    await page.locator("[data-drawer]").getByText("Sent", { exact: true }).waitFor();

    await open(page, second);
    await page.getByRole("button", { name: "Cancel mail" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel 1 mail" }).click();
    await page.locator("[data-drawer]").getByText("Cancelled", { exact: true }).waitFor();
    expect(await statusOf(second)).toBe("cancelled");
  });

  it("reviews the mails on hold: drops one, releases one, then all others", async () => {
    const { page, complaints } = view;
    const held = async () => {
      const [row] =
        await seeded.sql`select count(*)::int as n from notifications where status = 'held'`;
      return row?.n as number;
    };
    expect(await held()).toBe(8);
    await visit(page, "/notifications?tab=needs_you");
    await page.getByRole("link", { name: "Review 8 mails on hold" }).click();
    await page.getByRole("heading", { name: "8 mails are on hold, for 8 people." }).waitFor();

    await page.getByRole("checkbox", { name: /episode 1 is ready/ }).check();
    await page.getByRole("button", { name: "Drop 1 mail" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Drop 1 mail" }).click();
    await page.getByRole("heading", { name: "7 mails are on hold" }).waitFor();

    await page.getByRole("checkbox", { name: /episode 2 is ready/ }).check();
    await page.getByRole("button", { name: "Release 1 mail" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send 1 mail" }).click();
    await page.getByRole("heading", { name: "6 mails are on hold" }).waitFor();

    await page.getByRole("button", { name: "Release all 6 mails" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send 6 mails" }).click();
    await page.getByRole("heading", { name: "No mail is on hold." }).waitFor();
    expect(await held()).toBe(0);
    expect(complaints).toEqual([]);
  });

  async function open(page: Page, id: number): Promise<void> {
    await visit(page, `/notifications?id=${id}`);
    await page.locator("[data-drawer]").waitFor();
  }

  async function copiesOf(id: number): Promise<number> {
    const [row] =
      await seeded.sql`select count(*)::int as n from notifications where resend_of = ${id}`;
    return row?.n as number;
  }

  it("asks for so many unknown posters of one address only, and gives the known ones on", async () => {
    const { port } = seeded.app;
    const known = "/posters/w342/tidewater-road.png";
    expect((await ask(port, { path: known })).status).toBe(200);
    const { burst } = rateLimits.newPoster;
    const statuses: number[] = [];
    for (let n = 0; n < burst + 200; n += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          ask(port, { path: `/posters/w92/unknown-${n + i}.jpg` }),
        ),
      );
      statuses.push(...answers.map(({ status }) => status));
      for (const { status, headers } of answers) {
        if (status === 429) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
      }
    }
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    expect(statuses.filter((status) => status === 404).length).toBeGreaterThan(burst - 50);
    expect((await ask(port, { path: known })).status).toBe(200);
  });
});

/** How wide the picture itself is, once it was read; a picture that is not let through has no width. */
async function widthOfPoster(mail: FrameLocator, alt: string): Promise<number> {
  const poster = mail.getByAltText(alt);
  await poster.waitFor();
  return poster.evaluate(async (image: HTMLImageElement) => {
    await image.decode().catch(() => undefined);
    return image.naturalWidth;
  });
}
