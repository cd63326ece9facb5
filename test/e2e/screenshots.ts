/**
 * Takes pictures of every page for the eye: dark, light, phone and tablet, into test/output/screenshots.
 * `npm run screenshots` starts the sample household itself; `-- http://127.0.0.1:8000 [name…]` takes a running server,
 * and only the pictures of these names.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import postgres from "postgres";
import { startPostgres } from "@/lib/runtime/embedded-postgres";
import { migrateDatabase } from "@/lib/runtime/migrate";
import { isOfReDocsMaker, openBrowser } from "./browser";
import { everyPage } from "./every-page";
import { startSeededApp } from "./seeded-app";

const given = process.argv.slice(3);
const [base, ...only] = given[0]?.startsWith("http") ? given : [null, ...given];
const folder = "test/output/screenshots";

type Shot = {
  name: string;
  path: string;
  theme: "dark" | "light";
  phone?: boolean;
  tablet?: boolean;
  full?: boolean;
  before?: (page: Page) => Promise<void>;
};

const first = (prefix: string) => async (page: Page) => {
  const href = await page
    .locator(`[data-row-link][href*="${prefix}"]`)
    .first()
    .getAttribute("href");
  await page.goto(href ?? "", { waitUntil: "load" });
};
const titled = (title: string) => async (page: Page) => {
  const href = await page
    .locator(`a[href^="/requests/"]`, { hasText: title })
    .first()
    .getAttribute("href");
  await page.goto(href ?? "", { waitUntil: "load" });
};
const mail =
  (subject: string, more = "") =>
  async (page: Page) => {
    const href = await page
      .locator("[data-row-link]", { hasText: subject })
      .first()
      .getAttribute("href");
    await page.goto(`${href}${more}`, { waitUntil: "load" });
  };

/** What is worth a look of its own. */
const special: Shot[] = [
  { name: "overview-dark", path: "/", theme: "dark" },
  { name: "overview-light", path: "/", theme: "light" },
  { name: "overview-phone", path: "/", theme: "dark", phone: true, full: true },
  { name: "health-dark", path: "/system", theme: "dark", full: true },
  { name: "health-phone", path: "/system", theme: "dark", phone: true, full: true },
  { name: "requests-dark", path: "/requests", theme: "dark" },
  { name: "requests-light", path: "/requests?state=told", theme: "light" },
  { name: "requests-phone", path: "/requests", theme: "dark", phone: true },
  { name: "requests-empty", path: "/requests?q=nothing-like-this", theme: "dark" },
  {
    name: "request-dark",
    path: "/requests",
    theme: "dark",
    full: true,
    before: titled("Tidewater Road"),
  },
  {
    name: "request-light",
    path: "/requests",
    theme: "light",
    full: true,
    before: titled("Tidewater Road"),
  },
  {
    name: "request-phone",
    path: "/requests",
    theme: "dark",
    phone: true,
    full: true,
    before: titled("Tidewater Road"),
  },
  { name: "request-show", path: "/requests", theme: "dark", before: titled("Paper Lantern") },
  { name: "request-movie", path: "/requests", theme: "dark", before: titled("Glass Orchard") },
  { name: "request-trouble", path: "/requests", theme: "light", before: titled("Kestrel Down") },
  { name: "request-long", path: "/requests", theme: "dark", before: titled("Donaudampf") },
  {
    name: "notifications-dark",
    path: "/notifications",
    theme: "dark",
    before: mail("Tidewater Road"),
  },
  {
    name: "notifications-sent",
    path: "/notifications",
    theme: "light",
    before: mail("Last Ferry North", "&look=light"),
  },
  {
    name: "notifications-attempts",
    path: "/notifications",
    theme: "dark",
    before: mail("Sable & Finch", "&part=attempts"),
  },
  { name: "notifications-history", path: "/notifications?scope=history", theme: "light" },
  { name: "notifications-phone", path: "/notifications", theme: "dark", phone: true },
  {
    name: "notification-phone",
    path: "/notifications",
    theme: "dark",
    phone: true,
    before: mail("Last Ferry North"),
  },
  { name: "inbox-dark", path: "/inbox", theme: "dark", before: first("/inbox/") },
  { name: "inbox-light", path: "/inbox", theme: "light", before: first("/inbox/") },
  { name: "inbox-phone", path: "/inbox", theme: "dark", phone: true },
  { name: "upcoming-dark", path: "/upcoming", theme: "dark" },
  { name: "upcoming-month", path: "/upcoming?view=month", theme: "light", full: true },
  { name: "upcoming-phone", path: "/upcoming", theme: "dark", phone: true },
  { name: "activity-dark", path: "/activity", theme: "dark" },
  { name: "activity-light", path: "/activity?view=runs", theme: "light" },
  { name: "activity-phone", path: "/activity", theme: "light", phone: true },
  { name: "logs-dark", path: "/logs", theme: "dark" },
  { name: "logs-light", path: "/logs", theme: "light" },
  { name: "logs-phone", path: "/logs", theme: "dark", phone: true },
  { name: "users-dark", path: "/users", theme: "dark" },
  { name: "not-found", path: "/requests/999999", theme: "dark" },
  {
    name: "palette",
    path: "/requests",
    theme: "dark",
    before: async (page) => {
      await page.waitForTimeout(1500);
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Title, person, page or action").fill("la");
      await page.waitForTimeout(900);
    },
  },
  {
    name: "add-people",
    path: "/requests",
    theme: "dark",
    before: async (page) => {
      await titled("Tidewater Road")(page);
      await page.getByRole("button", { name: "Add people" }).first().click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: "rail",
    path: "/requests",
    theme: "dark",
    before: (page) => page.setViewportSize({ width: 900, height: 900 }),
  },
];

/** Every page four times, named after its address. */
function everyLook(addresses: string[]): Shot[] {
  return addresses.flatMap((address) => {
    const name = address.replace(/^\//, "").replace(/\W+/g, "-") || "overview";
    return [
      { name: `page-${name}-dark`, path: address, theme: "dark" },
      { name: `page-${name}-light`, path: address, theme: "light" },
      { name: `page-${name}-phone`, path: address, theme: "dark", phone: true, full: true },
      {
        name: `page-${name}-tablet`,
        path: address,
        theme: "light",
        tablet: true,
      },
    ] satisfies Shot[];
  });
}

/** A zone in which it is evening now: the day's mails have been sent, as somebody sees it who sits down to watch. */
const evening = eveningZone(new Date());

function eveningZone(now: Date): string {
  const ahead = ((20 - now.getUTCHours() + 36) % 24) - 12;
  // POSIX counts westwards.
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: shot.phone
      ? { width: 390, height: 844 }
      : shot.tablet
        ? { width: 820, height: 1180 }
        : { width: 1440, height: 900 },
    hasTouch: shot.phone ?? false,
    timezoneId: evening,
  });
  await context.addCookies([
    { name: "theme", value: shot.theme, url },
    { name: "zone", value: encodeURIComponent(evening), url },
  ]);
  const page = await context.newPage();
  const say = (words: string) => process.stdout.write(`${shot.name}: ${words.slice(0, 300)}\n`);
  page.on("console", (message) => {
    if (message.type() === "error" && !isOfReDocsMaker(message.text())) say(message.text());
  });
  page.on("pageerror", (error) => say(String(error)));
  await page.goto(shot.path, { waitUntil: "load" });
  await page.waitForTimeout(400);
  await shot.before?.(page);
  await page.waitForTimeout(400);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  if (wide) say("the page scrolls sideways");
  await page.screenshot({
    path: path.join(folder, `${shot.name}.png`),
    fullPage: shot.full ?? false,
  });
  await context.close();
}

async function takeAll(url: string, addresses: string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  try {
    for (const shot of [...special, ...everyLook(addresses)]) {
      if (only.length === 0 || only.includes(shot.name)) await take(browser, url, shot);
    }
  } finally {
    await browser.close();
  }
}

if (base) {
  await takeAll(base, []);
} else {
  const data = mkdtempSync(path.join(os.tmpdir(), "bingealert-screenshots-"));
  const server = await startPostgres({ dataFolder: path.join(data, "postgres"), durable: false });
  try {
    const admin = postgres(server.url, { max: 1, onnotice: () => {} });
    await admin`create database screenshots`;
    await admin.end();
    const url = new URL(server.url);
    url.pathname = "/screenshots";
    await migrateDatabase(url.href);
    process.env.TZ = evening;
    const seeded = await startSeededApp("household", {
      database: { url: url.href, drop: async () => {} },
    });
    try {
      await takeAll(seeded.app.url, await everyPage(seeded.sql));
    } finally {
      await seeded.stop();
    }
  } finally {
    await server.stop(2_000);
    rmSync(data, { recursive: true, force: true });
  }
}
