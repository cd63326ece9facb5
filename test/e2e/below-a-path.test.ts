import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBrowser, openBrowser, openPage, visit } from "./browser";
import { everyPage } from "./every-page";
import { findProxy, startProxy } from "./security/reverse-proxies";
import { type SeededApp, startSeededApp } from "./seeded-app";

const basePath = "/media/binge-2.0";
const account = { name: "marta", password: "a long password of marta" };
const noProxies = !process.env.CI && (!findProxy("nginx") || !findProxy("Caddy"));

/** BASE_PATH, behind a proxy that passes the path on (nginx) and one that takes it off (Caddy). */
describe.skipIf(noBrowser || noProxies)("below a path", () => {
  let browser: Browser;
  let seeded: SeededApp;
  let paths: string[];
  const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];

  beforeAll(async () => {
    [browser, seeded] = await Promise.all([
      openBrowser(),
      startSeededApp("household", {
        env: {
          BASE_PATH: basePath,
          AUTH_ENABLED: "true",
          ADMIN_USERNAME: account.name,
          ADMIN_PASSWORD: account.password,
          TRUSTED_PROXIES: "127.0.0.5",
        },
      }),
    ]);
    paths = await everyPage(seeded.sql);
  });
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await browser?.close();
    await seeded?.stop();
  });

  /** A page behind the proxy, and every address it has asked for. */
  async function openBehind(name: "nginx" | "Caddy") {
    const proxy = await startProxy(name, seeded.app.port, basePath);
    proxies.push(proxy);
    const origin = `http://127.0.0.1:${proxy.port}`;
    const watched = await openPage(browser, origin);
    const asked: string[] = [];
    watched.page.on("request", (request) => {
      if (request.url().startsWith("http")) asked.push(request.url());
    });
    const failed: string[] = [];
    watched.page.on("response", (response) => {
      // Of the address, not of a server that is busy.
      if (response.status() >= 400 && response.status() < 500)
        failed.push(`${response.status()} ${response.url()}`);
    });
    // Browsers ask the site itself for this one, whatever the page says.
    const complaints = () =>
      watched.complaints.filter((one) => !one.endsWith(`${origin}/favicon.ico`));
    return { ...watched, origin, asked, failed, complaints };
  }

  const signIn = async (page: Page) => {
    await page.getByLabel("Name").fill(account.name);
    await page.getByLabel("Password", { exact: true }).fill(account.password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };

  it.each(["nginx", "Caddy"] as const)(
    "%s: signs in, and the pages stay below it",
    async (name) => {
      const { page, context, origin, asked, failed, complaints } = await openBehind(name);
      await page.goto(`${basePath}/users?status=active`);
      await page.waitForURL(`${origin}${basePath}/login?next=*`);
      await signIn(page);
      await page.waitForURL(`${origin}${basePath}/users?status=active`);
      const home = `${origin}${basePath}`;
      for (const address of [home, `${home}/`, `${home}/users`]) {
        const { headers } = await fetch(address, { redirect: "manual" });
        expect(headers.get("content-security-policy"), address).toContain("'strict-dynamic'");
        expect(headers.get("x-content-type-options"), address).toBe("nosniff");
      }
      // What the proxy does is the same for all pages: for the second one, a third of them will do.
      for (const place of name === "nginx" ? paths : paths.filter((_, n) => n % 3 === 0)) {
        await visit(page, `${basePath}${place === "/" ? "" : place}`);
        expect(await leadElsewhere(page, home), `links of ${place}`).toEqual([]);
      }
      expect(asked.filter((address) => !address.startsWith(home))).toEqual([]);
      expect(failed).toEqual([]);
      expect(complaints()).toEqual([]);
      await context.close();
    },
  );

  it("goes from page to page, hears what changes, finds, filters and gives files", async () => {
    const { page, context, origin, failed, complaints } = await openBehind("nginx");
    const home = `${origin}${basePath}`;
    await page.goto(`${basePath}/login`);
    await signIn(page);
    await page.waitForURL(`${home}/`);
    await page.getByRole("link", { name: "Inbox", exact: true }).click();
    await page.waitForURL(`${home}/inbox`);
    await page.getByRole("heading", { name: "Inbox", level: 1 }).waitFor();
    await page.evaluate(() => Object.assign(window, { stamped: true }));
    const rows = page.locator(`a[href*="/inbox/"]`);
    const newest = await rows.first().getAttribute("href");
    await sendTest(`${home}/webhooks/sonarr`);
    await page.waitForFunction(
      (old) => document.querySelector(`a[href*="/inbox/"]`)?.getAttribute("href") !== old,
      newest,
    );
    expect(await page.evaluate(() => "stamped" in window), "the page was not reloaded").toBe(true);

    await page.keyboard.press("ControlOrMeta+k");
    await page.getByPlaceholder("Title, person, page or action").fill("Tidewater Road");
    await page
      .getByRole("option", { name: /^Tidewater Road/ })
      .first()
      .click();
    await page.waitForURL(`${home}/requests/*`);
    await page.goBack();
    await page.waitForURL(`${home}/inbox`);

    await visit(page, `${basePath}/requests`);
    await page.getByRole("searchbox").first().fill("Tidewater");
    await page.waitForURL(`${home}/requests?q=Tidewater`);

    await visit(page, `${basePath}/settings/services`);
    await page.getByRole("searchbox", { name: "Find a setting" }).fill("public address");
    await page.getByRole("link", { name: /^Public address/ }).click();
    await page.waitForURL(`${home}/settings/security`);

    await visit(page, `${basePath}/docs`);
    await page.locator("#operations-Health-getStats").click();
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await page.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();

    await visit(page, `${basePath}/logs`);
    await expectFile(page, page.getByRole("link", { name: "Download" }));
    await visit(page, `${basePath}/backups`);
    await page.getByRole("button", { name: "Back up now" }).first().click();
    await expectFile(page, page.getByRole("link", { name: "Download" }).first());
    expect(failed).toEqual([]);
    expect(complaints()).toEqual([]);
    await context.close();
  });

  it("gives people links that lead below it", async () => {
    const [person] = await seeded.sql`select id from users where display_name = 'Anna Lindqvist'`;
    const { page, context, origin, failed, complaints } = await openBehind("Caddy");
    await page.goto(`${basePath}/login`);
    await signIn(page);
    await page.waitForURL(`${origin}${basePath}/`);
    await visit(page, `${basePath}/users/${person?.id}`);
    const had = seeded.mailbox.messages.length;
    await page.getByRole("button", { name: "Mail the link" }).click();
    const mails = await seeded.mailbox.waitFor(had + 1, 20_000);
    const links = mails[had]?.text.match(/https:\/\/\S+/g) ?? [];
    const ours = links.filter((link) => link.includes("cinema.example.net"));
    expect(ours.length).toBeGreaterThan(0);
    for (const link of ours) expect(link).toContain(`https://cinema.example.net${basePath}/`);

    const own = ours.find((link) => /\/u\/[^/]+$/.test(link)) ?? "";
    await page.goto(new URL(own).pathname);
    await page.getByRole("link", { name: /nsubscribe/ }).click();
    await page.getByRole("button", { name: "Unsubscribe" }).click();
    await page.getByText("You get no more mails").waitFor();
    expect(await leadElsewhere(page, `${origin}${basePath}`)).toEqual([]);
    expect(failed).toEqual([]);
    expect(complaints()).toEqual([]);
    await context.close();
  });

  it("takes webhooks with the path and without it", async () => {
    const { sql, app } = seeded;
    for (const place of ["/webhooks/sonarr", `${basePath}/webhooks/sonarr`]) {
      const before = await sql`select count(*)::int as n from inbound_events`;
      await sendTest(`${app.url}${place}`);
      const after = await sql`select count(*)::int as n from inbound_events`;
      expect(after[0]?.n - before[0]?.n, place).toBe(1);
    }
  });

  it("comes back from a restart by the page, and its pages are not copied again", async () => {
    const folder = path.join(seeded.configDir, "pages");
    const [name, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    const { ino } = statSync(path.join(folder, String(name)));
    const { page, context, origin } = await openBehind("nginx");
    await page.goto(`${basePath}/login`);
    await signIn(page);
    await page.waitForURL(`${origin}${basePath}/`);
    await visit(page, `${basePath}/logs`);
    const pid = seeded.app.pidOf("web");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByPlaceholder("Title, person, page or action").fill("restart");
    await page.getByRole("option", { name: "Restart BingeAlert", selected: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restart" }).click();
    await page.getByText("BingeAlert is back").waitFor({ timeout: 40_000 });
    expect(seeded.app.pidOf("web")).not.toBe(pid);
    expect(readdirSync(folder)).toEqual([name]);
    expect(statSync(path.join(folder, String(name))).ino).toBe(ino);
    await context.close();
  });
});

/** What the page leads to on this server outside of `home`. */
function leadElsewhere(page: Page, home: string): Promise<string[]> {
  return page.evaluate((home) => {
    const names = ["href", "src", "action", "poster", "data"];
    const found = names.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].map((element) => {
        const given = element.getAttribute(name) ?? "";
        return URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI).href : "";
      }),
    );
    const { origin } = new URL(home);
    return [
      ...new Set(
        found.filter((address) => address.startsWith(origin) && !address.startsWith(home)),
      ),
    ];
  }, home);
}

async function sendTest(address: string): Promise<void> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ eventType: "Test", instanceName: "Sonarr" }),
  });
  expect(answer.status, address).toBe(200);
}

async function expectFile(page: Page, link: Locator): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(statSync(await download.path()).size).toBeGreaterThan(0);
}
