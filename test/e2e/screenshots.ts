/**
 * Takes pictures of the pages of a running server, for the eye: dark, light and phone.
 * `npx tsx test/e2e/screenshots.ts http://127.0.0.1:8000 test/output/screenshots [name…]`
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Page } from "playwright-core";

const [base = "http://127.0.0.1:8000", folder = "test/output/screenshots", ...only] =
  process.argv.slice(2);

type Shot = {
  name: string;
  path: string;
  theme: "dark" | "light";
  phone?: boolean;
  full?: boolean;
  before?: (page: Page) => Promise<void>;
};

const first = (prefix: string) => async (page: Page) => {
  const href = await page
    .locator(`[data-row-link][href*="${prefix}"]`)
    .first()
    .getAttribute("href");
  await page.goto(`${base}${href}`, { waitUntil: "load" });
};
const titled = (title: string) => async (page: Page) => {
  const href = await page
    .locator(`a[href^="/requests/"]`, { hasText: title })
    .first()
    .getAttribute("href");
  await page.goto(`${base}${href}`, { waitUntil: "load" });
};
const mail =
  (subject: string, more = "") =>
  async (page: Page) => {
    const href = await page
      .locator("[data-row-link]", { hasText: subject })
      .first()
      .getAttribute("href");
    await page.goto(`${base}${href}${more}`, { waitUntil: "load" });
  };

const shots: Shot[] = [
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
      await page.getByPlaceholder("Title, person or page").fill("la");
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

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
try {
  for (const shot of shots) {
    if (only.length > 0 && !only.includes(shot.name)) continue;
    const context = await browser.newContext({
      viewport: shot.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      hasTouch: shot.phone ?? false,
      timezoneId: "Europe/Berlin",
    });
    await context.addCookies([
      { name: "theme", value: shot.theme, url: base },
      { name: "zone", value: encodeURIComponent("Europe/Berlin"), url: base },
    ]);
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") console.log(`${shot.name}: ${message.text().slice(0, 300)}`);
    });
    page.on("pageerror", (error) => console.log(`${shot.name}: ${String(error).slice(0, 300)}`));
    await page.goto(`${base}${shot.path}`, { waitUntil: "load" });
    await page.waitForTimeout(500);
    await shot.before?.(page);
    await page.waitForTimeout(600);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    if (wide) console.log(`${shot.name}: the page scrolls sideways`);
    await page.screenshot({
      path: path.join(folder, `${shot.name}.png`),
      fullPage: shot.full ?? false,
    });
    await context.close();
  }
} finally {
  await browser.close();
}
