import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getCalendar } from "@/app/calendar/[token]/route";
import { GET as getFollow } from "@/app/follow/[token]/route";
import { GET as getMute } from "@/app/u/[token]/mute/[request]/route";
import { GET, POST } from "@/app/u/[token]/route";
import { GET as getUnsubscribe, POST as postUnsubscribe } from "@/app/u/[token]/unsubscribe/route";
import { users } from "@/drizzle/schema";
import { sendSampleMail } from "@/lib/services/mails/send-sample-mail";
import { changeSettings } from "@/lib/services/settings/change-settings";
import { followPage } from "@/lib/services/users/personal-links";
import { webDatabase } from "@/lib/web/service-context";
import { closeStage, openStage, type Stage, withoutDelay } from "../scenarios/stage";

/** Mails and pages in the language of whoever reads them. */

const site = "https://kino.example.org";
const anna = "anna@example.net";
const ben = "ben@example.net";

let stage: Stage;
let people: ReturnType<Stage["stack"]["seerr"]["addUser"]>[] = [];

beforeAll(async () => {
  stage = await openStage({ household: { env: { ...withoutDelay, PUBLIC_BASE_URL: site } } });
  const { stack, household } = stage;
  process.env.DATABASE_URL = household.ctx.database.url;
  process.env.APP_SECRET_KEY = "test-secret-key";
  process.env.PUBLIC_BASE_URL = site;
  people = [
    stack.seerr.addUser({ displayName: "Anna", email: anna }),
    stack.seerr.addUser({ displayName: "Ben", email: ben }),
  ];
  await household.settle();
});
afterAll(async () => {
  await webDatabase().close();
  await closeStage(stage);
});

type Handler = (
  request: Request,
  place: { params: Promise<{ token: string; request: string; follow: string }> },
) => Promise<Response>;

/** Calls the handler as Next would, for an address found in a mail. */
function call(handler: Handler, address: string, init: RequestInit = {}): Promise<Response> {
  const parts = new URL(address).pathname.split("/").map(decodeURIComponent);
  const params = { token: parts[2] ?? "", request: parts[4] ?? "", follow: parts[4] ?? "" };
  return handler(new Request(address, init), { params: Promise.resolve(params) });
}

const german = { headers: { "accept-language": "de-AT,de;q=0.9,en;q=0.5" } };
const pageOf = async (response: Promise<Response>) => (await response).text();

/** Anna and Ben each ask for a movie, and both play. */
async function watch(annas: string, bens: string): Promise<void> {
  const { stack, household } = stage;
  const movies = [annas, bens].map((title) => stack.world.addMovie({ title, year: 2024 }));
  for (const [index, movie] of movies.entries()) {
    const user = people[index] ?? fail();
    await stack.seerr.request({ user, title: movie, autoApprove: true });
  }
  await household.settle();
  for (const movie of movies) stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 8 });
}

function fail(): never {
  throw new Error("Somebody is missing");
}

const newestTo = (email: string) => stage.stack.mailbox.to(email).at(-1);

function linkIn(html: string | undefined, pattern: RegExp): string {
  const hrefs = [...(html ?? "").matchAll(/href="(https:[^"]+)"/g)].map((match) => match[1] ?? "");
  return hrefs.find((href) => pattern.test(href)) ?? "";
}

test("the server's language is everybody's who chose none, and a choice is theirs alone", async () => {
  await watch("Neap", "Slack Water");
  expect(newestTo(anna)?.subject).toBe("Neap is ready");
  const page = linkIn(newestTo(anna)?.html, /\/u\/[^/]+$/);

  const chosen = new URLSearchParams([
    ["change", "preferences"],
    ["wanted_mail", "episodes"],
    ["wanted_mail", "movies"],
    ["frequency", "every_episode"],
    ["time_zone", "Europe/Berlin"],
    ["language", "de"],
  ]);
  const saved = await call(POST, page, { method: "POST", body: chosen });
  const back = new URL(saved.headers.get("location") ?? "", page).href;
  const shown = await pageOf(call(GET, back));
  expect(shown).toContain('<html lang="de">');
  expect(shown).toContain("Gespeichert. Es gilt ab jetzt.");
  expect(shown).toMatch(/<option value="de" lang="de" selected>Deutsch/);

  await watch("Saltmarsh", "The Long Pier");
  expect(newestTo(anna)?.subject).toBe("Saltmarsh ist da");
  expect(newestTo(anna)?.html).toContain('lang="de"');
  expect(newestTo(anna)?.text).toContain("weil du dir Saltmarsh");
  expect(newestTo(ben)?.subject).toBe("The Long Pier is ready");

  await changeSettings(stage.household.ctx, { MAIL_LANGUAGE: "de" }, {});
  await watch("Kestrel Down", "Copper Valley");
  expect(newestTo(ben)?.subject).toBe("Copper Valley ist da");
});

test("a language that is none is refused in the reader's own, and nothing is saved", async () => {
  const page = linkIn(newestTo(anna)?.html, /\/u\/[^/]+$/);
  const body = new URLSearchParams([
    ["change", "preferences"],
    ["frequency", "every_episode"],
    ["language", "tlh"],
  ]);
  const refused = await call(POST, page, { method: "POST", body });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("Nichts wurde gespeichert.");
  const [row] = await webDatabase().db.select().from(users).where(eq(users.email, anna));
  expect(row?.language).toBe("de");
});

test("every page behind a German mail speaks German", async () => {
  const { stack, household } = stage;
  const show = stack.world.addShow({
    title: "Tidewater Road",
    seasons: { 0: 1, 1: 2 },
    firstAirs: new Date(household.now.getTime() - 3 * 24 * 3600_000),
  });
  const user = people[0] ?? fail();
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await household.advance({ minutes: 5 });
  const { html } = newestTo(anna) ?? {};
  expect(await pageOf(call(getMute, linkIn(html, /\/mute\//)))).toContain(
    "<h1>Tidewater Road stummschalten?</h1>",
  );
  const unsubscribe = linkIn(html, /\/unsubscribe$/);
  expect(await pageOf(call(getUnsubscribe, unsubscribe))).toContain("Diese Mails abbestellen?");
  const feed = await pageOf(call(getCalendar, linkIn(html, /\.ics$/)));
  expect(feed).toContain("X-WR-CALNAME:BingeAlert: kommende Folgen");
  expect(feed.replaceAll("\r\n ", "")).toContain("Dann läuft die Folge.");
  const oneClick = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  const ended = await call(postUnsubscribe, unsubscribe, { method: "POST", body: oneClick });
  expect(await ended.text()).toBe("Du bekommst keine Mails mehr.\n");
});

test("who is not known yet is read from the browser", async () => {
  const { ctx } = stage.household;
  const [request] = await ctx.database.raw<{ id: number }[]>`select id from requests limit 1`;
  const shared = followPage(await ctx.loadConfig(), request?.id ?? 0) ?? "";
  await changeSettings(ctx, { MAIL_LANGUAGE: "en" }, {});
  expect(await pageOf(call(getFollow, shared))).toContain("Your mail address");
  expect(await pageOf(call(getFollow, shared, german))).toContain("Deine Mailadresse");
  const stale = await call(GET, `${site}/u/forged`, german);
  expect(stale.status).toBe(404);
  expect(await stale.text()).toContain("Dieser Link funktioniert nicht mehr");
});

test("a sample speaks the language that is tried, to the admin always English", async () => {
  const { ctx } = stage.household;
  const look = {
    MAIL_SERVER_NAME: "Kino",
    MAIL_ACCENT_COLOR: "#faac58",
    MAIL_LOGO_URL: "",
    MAIL_LANGUAGE: "de" as const,
  };
  for (const kind of ["coming_soon", "weekly_summary"] as const) {
    const choice = { kind, notificationId: null };
    await sendSampleMail(ctx, { to: `${kind}@example.net`, choice, look });
  }
  await stage.household.settle();
  expect(newestTo("coming_soon@example.net")?.subject).toMatch(
    /^Beispiel: A Quiet Orbit kommt am /,
  );
  expect(newestTo("weekly_summary@example.net")?.subject).toMatch(/^Sample: Your week: /);
});
