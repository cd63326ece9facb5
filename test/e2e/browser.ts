import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const candidates = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const found = candidates.find((file) => file !== "" && existsSync(file));

/** Whether the tests in a browser are left out: none is installed, and this is no CI run, where that is a failure. */
export const noBrowser = found === undefined && !process.env.CI;

/** Starts the browser of the machine. Throws when there is none. */
export async function openBrowser(): Promise<Browser> {
  if (!found) throw new Error(`No Chromium was found at ${candidates.filter(Boolean).join(", ")}`);
  return chromium.launch({
    executablePath: found,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

export type Look = { theme: "dark" | "light"; width: 1440 | 390 };

/** A page, and everything it complained about: console errors, exceptions, refused by the content security policy. */
export type WatchedPage = { page: Page; context: BrowserContext; complaints: string[] };

/** Opens a page of its own for a running application. */
export async function openPage(
  browser: Browser,
  url: string,
  look: Look = { theme: "dark", width: 1440 },
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: look.width, height: look.width === 390 ? 844 : 900 },
    hasTouch: look.width === 390,
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  await context.addCookies([
    { name: "theme", value: look.theme, url },
    { name: "zone", value: encodeURIComponent("Europe/Berlin"), url },
  ]);
  const page = await context.newPage();
  // Generous: a page that is merely slow has not failed.
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (isOfReDocsMaker(message.text())) return;
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${page.url()}: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  return { page, context, complaints };
}

/** ReDoc would draw the mark of its maker from the maker's server; the policy keeps it from asking, and says so. */
export const isOfReDocsMaker = (words: string) =>
  words.includes("cdn.redoc.ly/redoc/logo-mini.svg");

/** Opens an address and waits until the page is alive, not only drawn. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "load" });
  await page.getByRole("status").filter({ hasText: "Live" }).or(phoneBar(page)).first().waitFor();
  await untilAlive(page);
}

const phoneBar = (page: Page) => page.getByRole("button", { name: "More" });

/** React has taken over once it left its keys on the elements; clicks before that are lost. */
async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const button = document.querySelector("header button");
    return button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"));
  });
}

/** Whether something is wider than the window, once a change of its width has been drawn. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    return document.documentElement.scrollWidth > document.documentElement.clientWidth;
  });
}

/** How much the page has jumped since it was opened: the sum of its layout shifts that nobody caused by an input. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
    let sum = 0;
    const add = (entries: PerformanceEntryList) => {
      for (const entry of entries as Shift[]) if (!entry.hadRecentInput) sum += entry.value;
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)));
    add(observer.takeRecords());
    observer.disconnect();
    return sum;
  });
}
