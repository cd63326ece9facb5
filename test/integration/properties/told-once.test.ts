import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replayInboundEvent } from "@/lib/services/inbound/replay-inbound-event";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { toldByMail } from "@/test/integration/promises/told-by-mail";
import { closeStage, openStage, type Stage } from "@/test/integration/scenarios/stage";
import type { ImportedFile } from "@/test/support/upstreams/imported-file";
import type { SeerrRequest } from "@/test/support/upstreams/seerr-model";
import type { WebhookDelivery, WebhookSender } from "@/test/support/upstreams/webhook-sender";

/** Households per run of the tests; `PROPERTY_RUNS=200` looks longer. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 4);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    household: {
      env: {
        NOTIFICATION_INITIAL_DELAY_SECONDS: "60",
        NOTIFICATION_EXTENSION_DELAY_SECONDS: "30",
        NOTIFICATION_MAX_WAIT_SECONDS: "120",
        RECONCILIATION_HOLD_ABOVE: "10000",
      },
    },
  });
});
afterAll(() => closeStage(stage));

type Asked = { who: number; what: "s1" | "s2" | "s1+s2" | "hd" | "4k"; watchers: number[] };
type Fetched =
  | { kind: "episodes"; season: 1 | 2; numbers: number[]; silent: boolean }
  | { kind: "movie"; is4k: boolean; silent: boolean };
type Script = {
  asked: Asked[];
  fetched: Fetched[];
  /** Which of the webhooks arrive, by index into all there are, in this order; the others are lost. */
  arrive: { index: number; pause: "at once" | "after 20 s" | "after 2 min" }[];
  plexShows: "before" | "between" | "after";
  replayed: number[];
  doubleReconcile: boolean;
};

const scripts: fc.Arbitrary<Script> = fc.record({
  asked: fc.uniqueArray(
    fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom("s1", "s2", "s1+s2", "hd", "4k"),
      watchers: fc.subarray([0, 1, 2]),
    }),
    { minLength: 1, maxLength: 5, selector: (asked) => asked.what },
  ),
  fetched: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant("episodes" as const),
        season: fc.constantFrom(1 as const, 2 as const),
        numbers: fc.subarray([1, 2, 3], { minLength: 1 }),
        silent: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("movie" as const), is4k: fc.boolean(), silent: fc.boolean() }),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  arrive: fc.array(
    fc.record({
      index: fc.nat({ max: 100 }),
      pause: fc.constantFrom("at once", "after 20 s", "after 2 min"),
    }),
    { maxLength: 12 },
  ),
  plexShows: fc.constantFrom("before", "between", "after"),
  replayed: fc.array(fc.nat({ max: 100 }), { maxLength: 4 }),
  doubleReconcile: fc.boolean(),
});

/** Always played: nothing gets through, so that reconciliation alone has to make up for it. */
const allLost: Script = {
  asked: [
    { who: 0, what: "s1", watchers: [1] },
    { who: 1, what: "4k", watchers: [] },
  ],
  fetched: [
    { kind: "episodes", season: 1, numbers: [1, 2], silent: false },
    { kind: "movie", is4k: true, silent: true },
  ],
  arrive: [],
  plexShows: "before",
  replayed: [],
  doubleReconcile: true,
};

let round = 0;

async function play(script: Script): Promise<{ during: string[]; end: string[]; due: string[] }> {
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const number = ++round;
  const already = stack.mailbox.messages.length;
  const told = () => toldByMail(stage, stack.mailbox.messages.slice(already));
  const users = ["a", "b", "c"].map((name) => {
    const email = `${name}${number}@example.net`;
    return stack.seerr.addUser({ displayName: `${name}${number}`, email });
  });
  const show = stack.world.addShow({ title: `Show ${number}`, seasons: { 1: 3, 2: 3 } });
  const movie = stack.world.addMovie({ title: `Movie ${number}` });
  await household.advance({ minutes: 1 });

  // Who asks for what; a second request may overlap the first, as after a season was deleted in Seerr.
  const requests: { request: SeerrRequest; asked: Asked }[] = [];
  for (const asked of script.asked) {
    const user = users[asked.who];
    if (!user) continue;
    const isMovie = asked.what === "hd" || asked.what === "4k";
    const seasons = asked.what === "s1+s2" ? [1, 2] : [asked.what === "s2" ? 2 : 1];
    const request = await stack.seerr.request({
      user,
      title: isMovie ? movie : stack.world.addShow({ title: "stand-in", seasons: { 1: 1, 2: 1 } }),
      ...(isMovie ? { is4k: asked.what === "4k" } : { seasons }),
      silent: true,
    });
    if (!isMovie) {
      request.title = show;
      request.media = stack.seerr.mediaOf(show);
    }
    await stack.seerr.approve(request, { silent: true });
    requests.push({ request, asked });
  }
  await household.run("sync-users");
  await household.run("sync-requests");
  for (const { request, asked } of requests) {
    for (const watcher of asked.watchers.filter((w) => w !== asked.who)) {
      const [row] = await raw<{ requestId: number; userId: number }[]>`
        select r.id as "requestId", u.id as "userId" from requests r, users u
        where r.seerr_request_id = ${request.id} and u.email = ${users[watcher]?.email ?? ""}`;
      if (!row) throw new Error("The request or the watcher is not known");
      await attachWatcher(household.ctx, { ...row, tellExisting: true, actor: "admin" });
    }
  }

  // What is fetched, some of it twice: upgrades and re-imports. No webhook gets through yet.
  const senders: WebhookSender[] = [
    stack.sonarr.webhooks,
    stack.radarr.webhooks,
    stack.radarr4k.webhooks,
  ];
  const before = senders.map((sender) => sender.deliveries.length);
  for (const sender of senders) sender.lose(Number.POSITIVE_INFINITY);
  const files: ImportedFile[] = [];
  for (const fetched of script.fetched) {
    const { silent } = fetched;
    if (fetched.kind === "episodes") {
      files.push(...(await stack.sonarr.import(show, fetched.season, fetched.numbers, { silent })));
      continue;
    }
    const radarr = fetched.is4k ? stack.radarr4k : stack.radarr;
    const quality = fetched.is4k ? "Bluray-2160p" : "Bluray-1080p";
    files.push(await radarr.import(movie, { silent, quality }));
  }
  for (const sender of senders) sender.lose(0);
  const events: { sender: WebhookSender; delivery: WebhookDelivery }[] = senders.flatMap(
    (sender, i) => sender.deliveries.slice(before[i]).map((delivery) => ({ sender, delivery })),
  );

  // The webhooks arrive: in any order, twice, or never.
  if (script.plexShows === "before") stack.plex.show(files);
  for (const [i, arrival] of script.arrive.entries()) {
    const event = events[arrival.index % Math.max(1, events.length)];
    if (event) await event.sender.resend(event.delivery);
    if (arrival.pause !== "at once") {
      await household.advance({ seconds: arrival.pause === "after 20 s" ? 20 : 120 });
    }
    if (script.plexShows === "between" && i === 1) stack.plex.show(files);
  }
  await household.advance({ minutes: 3 });
  const stored = await raw<{ id: string }[]>`select id from inbound_events order by id desc`;
  for (const index of script.replayed) {
    const id = stored[index % Math.max(1, stored.length)]?.id;
    if (id) await replayInboundEvent(household.ctx, Number(id));
  }
  await household.settle();
  const during = await told();

  stack.plex.show(files);
  await household.advance({ minutes: 1 });
  await household.run("reconcile");
  if (script.doubleReconcile) await household.run("reconcile");
  await household.advance({ minutes: 6 });

  // Everything covered, held and playing, for requester and watchers.
  const held = script.fetched.flatMap((fetched) =>
    fetched.kind === "movie"
      ? [
          {
            what: fetched.is4k ? "4k" : "hd",
            key: `movie:tmdb:${movie.tmdbId}${fetched.is4k ? ":4k" : ""}`,
          },
        ]
      : fetched.numbers.map((n) => ({
          what: `s${fetched.season}`,
          key: `episode:tvdb:${show.tvdbId}:s0${fetched.season}e0${n}`,
        })),
  );
  const due = new Set<string>();
  for (const { asked } of requests) {
    for (const item of held.filter((h) => asked.what.split("+").includes(h.what))) {
      for (const w of new Set([asked.who, ...asked.watchers])) {
        due.add(`${users[w]?.displayName} ${item.key}`);
      }
    }
  }
  return { during, end: await told(), due: [...due].sort() };
}

test(
  "for any household and any webhooks, delivered in any order, twice or never: nobody is told twice, and after reconciliation everybody once",
  async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const { during, end, due } = await play(script);
        expect(new Set(during).size).toBe(during.length);
        expect(end).toEqual(due);
      }),
      { numRuns, examples: [[allLost]], endOnFailure: numRuns < 20 },
    );
  },
  Math.max(60_000, numRuns * 15_000),
);
