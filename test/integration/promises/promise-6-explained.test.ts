import { afterAll, beforeAll, expect, test } from "vitest";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { closeStage, openStage, type Stage, timelineOf } from "@/test/integration/scenarios/stage";
import type { SeerrRequest } from "@/test/support/upstreams/seerr-model";
import type { ShowTitle } from "@/test/support/upstreams/world";

let stage: Stage;
let show: ShowTitle;
/** Anna asks for a show that the others watch. */
let request: SeerrRequest;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

const names = ["Anna", "Ivo", "Una", "Kim", "Mo", "Nell"] as const;
type Name = (typeof names)[number];
const addressOf = (name: string) => `${name.toLowerCase()}@example.net`;

/** What the timeline says about one person, oldest first, as `told: Told Anna: episode 1` or with its reason. */
async function saidOf(request: SeerrRequest, name: Name): Promise<string[]> {
  const rows = await timelineOf(stage, request);
  return rows
    .filter((row) => ["told", "not_told"].includes(row.kind) && row.words.includes(name))
    .map((row) => [row.code, row.words, row.reason].filter(Boolean).join(" | "));
}

async function stateOf(request: SeerrRequest) {
  const [row] = await stage.household.ctx.database.raw<{ state: string; until: Date | null }[]>`
    select state, state_until as until from requests where seerr_request_id = ${request.id}`;
  return row;
}

test("promise 6, every decision explained: each user of each request was told, or the timeline says why not", async () => {
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const people = new Map(
    names.map((name) => [
      name,
      stack.seerr.addUser({ displayName: name, email: name === "Nell" ? "" : addressOf(name) }),
    ]),
  );
  const anna = people.get("Anna");
  if (!anna) throw new Error("Nobody asks");
  show = stack.world.addShow({ title: "Why Not", seasons: { 1: 4 } });
  request = await stack.seerr.request({ user: anna, title: show, autoApprove: true });
  await household.run("sync-users");
  await household.settle();
  const rows = await raw<{ name: Name; userId: number; requestId: number }[]>`
    select u.display_name as name, u.id as "userId", r.id as "requestId" from users u, requests r
    where r.seerr_request_id = ${request.id} and u.display_name = any(${[...names]}::text[])
      and u.display_name <> 'Anna'`;
  for (const { userId, requestId } of rows) {
    await attachWatcher(household.ctx, { requestId, userId, tellExisting: true, actor: "admin" });
  }
  const at = household.now;
  await raw`update users set is_active = false, deactivated_at = ${at} where display_name = 'Ivo'`;
  await raw`update users set unsubscribed_at = ${at} where display_name = 'Una'`;
  await raw`update users set muted_kinds = '{episodes_available}' where display_name = 'Kim'`;
  await raw`update request_watchers set muted_at = ${at}
    where user_id = (select id from users where display_name = 'Mo')`;

  // Waiting says for what, and until when.
  const files = await stack.sonarr.import(show, 1, 1);
  await household.settle();
  const gathering = await stateOf(request);
  expect(gathering?.state).toBe("gathering");
  expect(gathering?.until?.getTime()).toBeGreaterThan(household.now.getTime());
  expect((await timelineOf(stage, request)).map((row) => row.code)).toContain("mail_planned");
  await household.advance({ minutes: 8 });
  const asking = await stateOf(request);
  expect(asking?.state).toBe("waiting_plex");
  expect(asking?.until?.getTime()).toBeGreaterThan(household.now.getTime());
  const wait = (await timelineOf(stage, request)).find((row) => row.code === "waiting_for_plex");
  expect(wait?.words).toBe("Waiting for Plex to show episode 1");
  expect(wait?.reason).toMatch(/the mail leaves at (\w+ \d+ \w+ )?\d\d:\d\d/);

  stack.plex.show(files);
  await household.advance({ minutes: 2 });
  expect(await saidOf(request, "Anna")).toEqual([
    expect.stringMatching(/^told \| Told Anna: episode 1/),
  ]);
  const why: Record<string, RegExp> = {
    Ivo: /^inactive \| .*not told about episode 1 \| Deactivated on /,
    Una: /^unsubscribed \| .*not told about episode 1 \| Unsubscribed on /,
    Kim: /^kind_off \| .*not told about episode 1 \| Switched off/,
    Mo: /^title_muted \| .*not told about episode 1 \| Muted this title/,
    Nell: /^no_address \| .*not told about episode 1 \| Seerr knows no mail address/,
  };
  for (const [name, words] of Object.entries(why)) {
    expect(await saidOf(request, name as Name)).toEqual([expect.stringMatching(words)]);
  }
  expect(stack.mailbox.messages.flatMap((mail) => mail.envelopeTo)).toEqual([addressOf("Anna")]);
});

test("promise 6: an upgrade tells nobody, and says why", async () => {
  const { stack, household } = stage;
  stack.plex.show(await stack.sonarr.import(show, 1, 1, { upgrade: true, mode: "file" }));
  await household.advance({ minutes: 10 });
  const upgrade = (await timelineOf(stage, request)).find((row) => row.code === "already_settled");
  expect(upgrade).toMatchObject({
    words: "Nobody told: episode 1 replaced by a better file",
    reason: "Everyone attached was told about it before",
  });
});

test("promise 6: a request that is declined while its import comes in says so", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Gus", email: "gus@example.net" });
  const movie = stack.world.addMovie({ title: "Not Here" });
  const declined = await stack.seerr.request({ user, title: movie });
  await household.settle();
  await stack.seerr.decline(declined);
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 2 });
  expect(await stateOf(declined)).toMatchObject({ state: "declined", until: null });
  expect((await timelineOf(stage, declined)).map((row) => row.code)).toContain("request_declined");
  expect(stack.mailbox.to("gus@example.net")).toEqual([]);
});

test("promise 6: who changes their mind between the plan and the mail finds that on the timeline", async () => {
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const already = stack.mailbox.to(addressOf("Anna")).length;
  stack.mailbox.behave(addressOf("Anna"), { kind: "defer-recipient" }, { times: 1 });
  stack.plex.show(await stack.sonarr.import(show, 1, 2));
  await household.advance({ minutes: 7 });
  await raw`update users set unsubscribed_at = ${household.now} where display_name = 'Anna'`;
  await household.advance({ minutes: 5 });
  expect((await saidOf(request, "Anna")).at(-1)).toMatch(
    /^recipient_changed \| .*not told about episode 2 \| Unsubscribed on /,
  );
  await raw`update users set unsubscribed_at = null where display_name = 'Anna'`;
  await household.run("reconcile");
  await household.advance({ minutes: 25 });
  // Their choice is not made up for when they change it back.
  expect(stack.mailbox.to(addressOf("Anna"))).toHaveLength(already);
});

test("promise 6: a grab for something told is over when its import is", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Pia", email: "pia@example.net" });
  const movie = stack.world.addMovie({ title: "Better Copy" });
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 2 });
  const { raw } = household.ctx.database;
  // The household's clock runs ahead of PostgreSQL's, which dates webhooks.
  await raw`update media_items set imported_at = now() - interval '1 day' where title = 'Better Copy'`;
  await stack.radarr.grab(movie);
  await household.settle();
  expect((await stateOf(request))?.state).toBe("downloading");
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 2 });
  expect((await stateOf(request))?.state).toBe("told");
});
