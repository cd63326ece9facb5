import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as getCalendar } from "@/app/calendar/[token]/route";
import { GET as getFollow, POST as postFollow } from "@/app/follow/[token]/route";
import { GET as getOpen } from "@/app/open/[token]/route";
import { GET as getConfirm, POST as postConfirm } from "@/app/u/[token]/follow/[follow]/route";
import { GET as getMute, POST as postMute } from "@/app/u/[token]/mute/[request]/route";
import { GET, POST } from "@/app/u/[token]/route";
import { GET as getUnsubscribe } from "@/app/u/[token]/unsubscribe/route";
import { users } from "@/drizzle/schema";
import { followPage } from "@/lib/services/users/personal-links";
import { signLink } from "@/lib/services/users/signed-links";
import { webDatabase } from "@/lib/web/service-context";
import { closeStage, openStage, type Stage, subjectsTo, withoutDelay } from "../scenarios/stage";

const site = "https://cinema.example.org/mails";
const email = "anna@example.net";
const nastyTitle = `<img src=x onerror=alert(1)> & "Neap"`;

let stage: Stage;
/** Addresses in the newest mail about the show. */
let links: { page: string; mute: string; calendar: string; app: string; unsubscribe: string };

beforeAll(async () => {
  stage = await openStage({
    household: {
      env: {
        ...withoutDelay,
        PUBLIC_BASE_URL: `${site}/`,
        MAIL_SERVER_NAME: "Tom & Tove's <Plex>",
      },
    },
  });
  const { stack, household } = stage;
  process.env.DATABASE_URL = household.ctx.database.url;
  process.env.APP_SECRET_KEY = "test-secret-key";
  process.env.PUBLIC_BASE_URL = `${site}/`;
  process.env.MAIL_SERVER_NAME = "Tom & Tove's <Plex>";
  const user = stack.seerr.addUser({ displayName: "Anna <b>Lindqvist", email });
  const firstAirs = new Date(household.now.getTime() - 3 * 24 * 3600_000);
  const show = stack.world.addShow({ title: nastyTitle, seasons: { 1: 4 }, firstAirs });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await household.advance({ minutes: 5 });
  links = linksOf(stack.mailbox.to(email).at(-1)?.html ?? "");
});
afterAll(async () => {
  vi.restoreAllMocks();
  await webDatabase().close();
  await closeStage(stage);
});
beforeEach(async () => {
  const { db } = webDatabase();
  await db.update(users).set({ unsubscribedAt: null, mutedKinds: [], quietFrom: null });
});

function linksOf(html: string): typeof links {
  const hrefs = [...html.matchAll(/href="(https:[^"]+)"/g)].map((match) => match[1] ?? "");
  const find = (pattern: RegExp) => hrefs.find((href) => pattern.test(href)) ?? "";
  return {
    page: find(/\/u\/[^/]+$/),
    mute: find(/\/mute\/\d+$/),
    calendar: find(/\/calendar\/[^/]+\.ics$/),
    app: find(/\/open\/[^/]+$/),
    unsubscribe: find(/\/unsubscribe$/),
  };
}

type Handler = (
  request: Request,
  place: { params: Promise<{ token: string; request: string; follow: string }> },
) => Promise<Response>;

/** Calls the handler as Next would, for an address found in a mail. */
function call(handler: Handler, address: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(address);
  const parts = url.pathname.replace("/mails", "").split("/").map(decodeURIComponent);
  return handler(new Request(url, init), {
    params: Promise.resolve({
      token: parts[2] ?? "",
      request: parts[4] ?? "",
      follow: parts[4] ?? "",
    }),
  });
}

const post = (handler: Handler, address: string, fields: [string, string][]) =>
  call(handler, address, { method: "POST", body: new URLSearchParams(fields) });

const usual: [string, string][] = [
  ["change", "preferences"],
  ["wanted_mail", "episodes"],
  ["wanted_mail", "movies"],
  ["frequency", "every_episode"],
  ["time_zone", ""],
];

async function stored() {
  const [row] = await webDatabase().db.select().from(users).where(eq(users.email, email));
  if (!row) throw new Error("Nobody is known");
  return row;
}

test("a mail carries all links, and each page opens", async () => {
  for (const link of Object.values(links)) expect(link).toMatch(new RegExp(`^${site}/`));
  const opened = [
    await call(GET, links.page),
    await call(getMute, links.mute),
    await call(getUnsubscribe, links.unsubscribe),
    await call(getCalendar, links.calendar),
  ];
  expect(opened.map((response) => response.status)).toEqual([200, 200, 200, 200]);
  for (const response of opened.slice(0, 3)) {
    const page = await response.text();
    expect(page).toContain("Tom &amp; Tove&#39;s &lt;Plex&gt;");
    expect(page).not.toContain("<img");
    expect(page).not.toContain("<b>Lindqvist");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; /);
  }
  expect(opened[3]?.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
});

test("the page shows what is chosen, and saving it is answered", async () => {
  const saved = await post(POST, links.page, [
    ["change", "preferences"],
    ["wanted_mail", "episodes"],
    ["frequency", "season_complete"],
    ["quiet", "on"],
    ["quiet_from", "23:15"],
    ["quiet_until", "06:30"],
    ["time_zone", "America/New_York"],
  ]);
  expect(saved.status).toBe(303);
  const back = new URL(saved.headers.get("location") ?? "", links.page).href;
  expect(back).toBe(`${links.page}?done=saved`);
  const page = await (await call(GET, back)).text();
  expect(page).toContain("Saved. It applies from now on.");
  expect(page).toContain('value="season_complete" checked');
  expect(page).toContain('value="23:15"');
  expect(page).toContain('value="America/New_York" selected');
  expect(page).toContain('value="episodes" checked');
  expect(page).not.toContain('value="movies" checked');
  expect(await stored()).toMatchObject({
    frequency: "season_complete",
    quietFrom: 23 * 60 + 15,
    timeZone: "America/New_York",
  });
  expect((await stored()).mutedKinds).toContain("movie_available");
  await post(POST, links.page, usual);
});

test("what makes no sense is refused in words, and nothing is saved", async () => {
  const before = await stored();
  const refused = await post(POST, links.page, [
    ...usual,
    ["quiet", "on"],
    ["quiet_from", "22:00"],
    ["quiet_until", "22:00"],
  ]);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("Quiet hours begin and end at the same time.");
  expect((await post(POST, links.page, [["change", "everything"]])).status).toBe(400);
  expect((await post(POST, links.page, [["change", "mute:x"]])).status).toBe(404);
  expect(await stored()).toEqual(before);
});

test("opening pages changes nothing, as often as a mail scanner does it", async () => {
  const before = await webDatabase().raw`select * from request_watchers`;
  const person = await stored();
  for (const method of ["GET", "HEAD"]) {
    await call(GET, links.page, { method });
    await call(getMute, links.mute, { method });
    await call(getUnsubscribe, links.unsubscribe, { method });
  }
  expect(await webDatabase().raw`select * from request_watchers`).toEqual(before);
  expect(await stored()).toEqual(person);
});

test("a title is muted by its link and followed again, on its page and in the list", async () => {
  const asked = await (await call(getMute, links.mute)).text();
  expect(asked).toContain("Mute &lt;img src=x onerror=alert(1)&gt; &amp; &quot;Neap&quot;?");
  const done = await post(postMute, links.mute, [["wanted", "muted"]]);
  expect(done.status).toBe(303);
  expect(new URL(done.headers.get("location") ?? "", links.mute).href).toBe(
    `${links.page}?done=muted`,
  );
  const requestId = links.mute.split("/").at(-1);
  const list = await (await call(GET, links.page)).text();
  expect(list).toContain(`value="follow:${requestId}"`);
  expect(await (await call(getCalendar, links.calendar)).text()).not.toContain("BEGIN:VEVENT");
  await post(POST, links.page, [["change", `follow:${requestId}`]]);
  expect(await (await call(getMute, links.mute)).text()).toContain(">Mute</button>");
});

test("nobody mutes what they have nothing to do with", async () => {
  const other = links.mute.replace(/\d+$/, "999");
  expect((await call(getMute, other)).status).toBe(404);
  expect((await post(postMute, other, [["wanted", "muted"]])).status).toBe(404);
});

test("the calendar names what is to come, and says when nothing changed", async () => {
  const first = await call(getCalendar, links.calendar);
  const text = await first.text();
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(4);
  expect(text).toContain("S01E02");
  expect(text).not.toMatch(/[^\r]\n/);
  const etag = first.headers.get("etag") ?? "";
  const again = await call(getCalendar, links.calendar, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(etag);
  const other = await call(getCalendar, links.calendar, { headers: { "if-none-match": '"x"' } });
  expect(other.status).toBe(200);
});

test("the address of a calendar opens nothing else", async () => {
  const token = links.calendar.split("/").at(-1)?.replace(".ics", "") ?? "";
  expect((await call(GET, `${site}/u/${token}`)).status).toBe(404);
  expect((await post(POST, `${site}/u/${token}`, usual)).status).toBe(404);
  const page = links.page.split("/").at(-1) ?? "";
  expect((await call(getCalendar, `${site}/calendar/${page}.ics`)).status).toBe(404);
});

test("phones get the app with the web as a way out, computers the web", async () => {
  const open = (agent: string) => call(getOpen, links.app, { headers: { "user-agent": agent } });
  const computer = await open("Mozilla/5.0 (X11; Linux x86_64)");
  expect(computer.status).toBe(302);
  const web = computer.headers.get("location") ?? "";
  expect(web).toMatch(/^https:\/\/app\.plex\.tv\/desktop\/#!\/server\/[^/]+\/details\?key=/);
  const phone = await open("Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)");
  const page = await phone.text();
  expect(page).toContain('href="plex://preplay/?metadataKey=');
  expect(page).toContain(`href="${web}"`);
  expect(phone.headers.get("content-security-policy")).toMatch(/script-src 'sha256-/);
  const android = await (await open("Mozilla/5.0 (Linux; Android 16) Chrome/150")).text();
  expect(android).toContain('href="intent://preplay/?metadataKey=');
  expect((await call(getOpen, `${site}/open/https:%2F%2Fevil.example`)).status).toBe(404);
});

test("a forged link is refused without asking the database", async () => {
  const asked = vi.spyOn(webDatabase().db, "select");
  const executed = vi.spyOn(webDatabase().db, "execute");
  const forged = signLink({ secretKey: "another" }, { userId: 1, version: 1 });
  const answers = [
    await call(GET, `${site}/u/${forged}`),
    await call(getMute, `${site}/u/${forged}/mute/1`),
    await call(getUnsubscribe, `${site}/u/${forged}/unsubscribe`),
    await call(getCalendar, `${site}/calendar/${forged}.ics`),
    await call(getOpen, `${site}/open/${forged}`),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404]);
  expect(await answers[0]?.text()).toContain("This link does not work any more");
  expect(asked).not.toHaveBeenCalled();
  expect(executed).not.toHaveBeenCalled();
});

test("revoking kills every link there was, also in mails sent before, and mails a new one", async () => {
  const { stack, household } = stage;
  const old = { ...links };
  const answer = await post(POST, links.page, [["change", "revoke"]]);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("on their way by mail to a…@example.net");
  expect((await call(GET, old.page)).status).toBe(404);
  expect((await call(getMute, old.mute)).status).toBe(404);
  expect((await call(getCalendar, old.calendar)).status).toBe(404);
  expect((await post(POST, old.page, [["List-Unsubscribe", "One-Click"]])).status).toBe(404);
  expect((await stored()).unsubscribedAt).toBeNull();

  await household.settle();
  const mail = stack.mailbox.to(email).at(-1);
  expect(mail?.subject).toBe("Your page at Tom & Tove's <Plex>");
  links = { ...linksOf(mail?.html ?? ""), mute: old.mute, app: old.app };
  expect((await call(GET, links.page)).status).toBe(200);
  expect((await call(getCalendar, links.calendar)).status).toBe(200);
  expect(subjectsTo(stage, email)).toHaveLength(2);
});

test("somebody with the link the admin shares follows a title, once they confirm it by mail", async () => {
  const { stack, household } = stage;
  const mira = stack.seerr.addUser({ displayName: "Mira", email: "mira@example.net" });
  const other = stack.world.addShow({ title: "Ninth Meridian", seasons: { 1: 3 } });
  await stack.seerr.request({ user: mira, title: other, autoApprove: true });
  await household.settle();
  const [row] = await webDatabase().raw`select id from requests where title = 'Ninth Meridian'`;
  const shared = followPage(await household.ctx.loadConfig(), row?.id) ?? "";
  expect(await (await call(getFollow, shared)).text()).toContain("Follow Ninth Meridian");
  expect((await post(postFollow, shared, [["address", "nobody"]])).status).toBe(422);
  const ofStranger = await post(postFollow, shared, [["address", "stranger@example.net"]]);
  const ofAnna = await post(postFollow, shared, [["address", "ANNA@example.net"]]);
  await post(postFollow, shared, [["address", email]]);
  expect(await ofStranger.text()).toBe(await ofAnna.text());
  const before = stack.mailbox.to(email).length;
  await household.settle();
  const mails = stack.mailbox.to(email).slice(before);
  expect(mails.map((mail) => mail.subject)).toEqual(["Follow Ninth Meridian"]);
  expect(stack.mailbox.to("stranger@example.net")).toEqual([]);

  const confirm = /href="([^"]+\/follow\/[^"]+)"/.exec(mails[0]?.html ?? "")?.[1] ?? "";
  const watchers = () => webDatabase().raw`
    select source from request_watchers w join users u on u.id = w.user_id
    where w.request_id = ${row?.id} and u.email = ${email}`;
  expect((await call(getConfirm, confirm)).status).toBe(200);
  expect(await watchers()).toEqual([]);
  expect((await post(postConfirm, confirm, [["wanted", "followed"]])).status).toBe(303);
  expect((await post(postConfirm, confirm, [["wanted", "followed"]])).status).toBe(303);
  expect(await watchers()).toEqual([{ source: "link" }]);

  stack.plex.show(await stack.sonarr.import(other, 1, 1));
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, email).at(-1)).toBe("Ninth Meridian: episode 1 is ready");
  expect(stack.mailbox.to(email).at(-1)?.text).toContain("You get this because you follow");
});

test("one click in the mail program still ends all mails", async () => {
  const raw =
    stage.stack.mailbox
      .to(email)
      .at(-1)
      ?.raw.replace(/\r\n[ \t]+/g, "") ?? "";
  const address = /^List-Unsubscribe:\s*<([^>]+)>/im.exec(raw)?.[1] ?? "";
  expect(address).toBe(links.page);
  const done = await post(POST, address, [["List-Unsubscribe", "One-Click"]]);
  expect(done.status).toBe(200);
  expect((await stored()).unsubscribedAt).toBeInstanceOf(Date);
});
