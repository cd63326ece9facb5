import {
  batches,
  batchItems,
  deliveryAttempts,
  deliveryLedger,
  inboundEvents,
  instances,
  mediaItems,
  notificationBodies,
  notificationItems,
  notifications,
  requestSeasons,
  requests,
  requestWatchers,
  timelineEntries,
  users,
  workerHeartbeats,
} from "@/drizzle/schema";
import { mediaKey } from "@/lib/domain/media";
import type { Database } from "@/lib/store/db";
import { seedCalendar, seedDeeds } from "./seed-calendar";
import { seedDownloads } from "./seed-downloads";
import { seedHealth } from "./seed-health";
import { seedIssues } from "./seed-issues";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Invented titles; `poster` is the name under which the sample TMDB serves a picture. */
export const sampleTitles = {
  tidewater: { title: "Tidewater Road", year: 2023, type: "tv", tmdb: 218840, tvdb: 412905 },
  lantern: { title: "Paper Lantern District", year: 2024, type: "tv", tmdb: 220011, tvdb: 420011 },
  ferry: { title: "Last Ferry North", year: 2026, type: "movie", tmdb: 330001, tvdb: null },
  meridian: { title: "Ninth Meridian", year: 2025, type: "tv", tmdb: 220012, tvdb: 420012 },
  finch: { title: "Sable & Finch", year: 2022, type: "tv", tmdb: 220013, tvdb: 420013 },
  kestrel: { title: "Kestrel Down", year: 2025, type: "movie", tmdb: 330002, tvdb: null },
  orbit: { title: "A Quiet Orbit", year: 2026, type: "movie", tmdb: 330003, tvdb: null },
  copper: { title: "Copper Valley", year: 2024, type: "movie", tmdb: 330004, tvdb: null },
  cabinet: { title: "The Winter Cabinet", year: 2021, type: "tv", tmdb: 220014, tvdb: 420014 },
  saltmarsh: { title: "Saltmarsh", year: 2025, type: "tv", tmdb: 220015, tvdb: 420015 },
  grammar: { title: "Midnight Grammar", year: 2024, type: "movie", tmdb: 330005, tvdb: null },
  orchard: { title: "The Glass Orchard", year: 2026, type: "movie", tmdb: 330006, tvdb: null },
  long: {
    title:
      "Die außerordentlich umständliche Geschichte der Donaudampfschifffahrtsgesellschaftskapitänswitwe und ihrer sieben Papageien",
    year: 2019,
    type: "movie",
    tmdb: 330007,
    tvdb: null,
  },
} as const;
type Name = keyof typeof sampleTitles;

/** The picture a title has at the sample TMDB. The very long one has none. */
export const samplePoster = (name: Name) => (name === "long" ? null : `/sample-${name}.png`);

const people = [
  ["Anna Lindqvist", "anna@example.net"],
  ["Jonas Weber", "jonas@example.net"],
  ["Mira Okafor", "mira@example.net"],
  ["Ben Castellano", "ben@example.net"],
  ["Hannah Brandt", "hannah@example.net"],
  ["Tove Holm", "tove@example.net"],
  ["Luis Ortega", "luis@example.net"],
  ["Priya Raman", "priya@example.net"],
] as const;

type State = typeof requests.$inferInsert.state;
type RequestSeed = {
  name: Name;
  state: NonNullable<State>;
  who: number[];
  seasons?: number[];
  is4k?: boolean;
  news: number;
  until?: number;
  told?: [number, number];
};

/** Fills a migrated database in which nobody is known yet with a lively household as it is at `now`. */
export async function seedSample(db: Database, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const userRows = await db
    .insert(users)
    .values(
      people.map(([displayName, email], index) => ({
        seerrUserId: index + 1,
        displayName,
        email,
        mutedKinds: displayName.startsWith("Ben") ? ["episodes_available"] : [],
        createdAt: ago(200 * DAY),
        updatedAt: ago(20 * DAY),
      })),
    )
    .returning();
  const userId = (index: number) => userRows[index]?.id as number;
  const instanceRows = [
    {
      key: "sonarr",
      kind: "sonarr",
      name: "Sonarr",
      lastEventAt: ago(8 * MINUTE),
      baselineAt: ago(90 * DAY),
    },
    {
      key: "sonarr-anime",
      kind: "sonarr",
      name: "Sonarr Anime",
      lastEventAt: ago(26 * HOUR),
      baselineAt: ago(90 * DAY),
    },
    {
      key: "radarr",
      kind: "radarr",
      name: "Radarr",
      lastEventAt: ago(41 * MINUTE),
      baselineAt: ago(90 * DAY),
    },
    {
      key: "radarr-4k",
      kind: "radarr",
      name: "Radarr 4K",
      isFourK: true,
      lastEventAt: ago(50 * HOUR),
      baselineAt: ago(90 * DAY),
    },
  ] satisfies (typeof instances.$inferInsert)[];
  for (const row of instanceRows) {
    // A running application knows those that it is connected to already.
    await db.insert(instances).values(row).onConflictDoUpdate({ target: instances.key, set: row });
  }
  await seedDownloads(db, now);
  await seedCalendar(db, now);
  await seedDeeds(db, now);
  await seedHealth(db, now);
  const reporter = (index: number) => ({ id: userId(index), name: people[index]?.[0] ?? "" });
  await seedIssues(db, now, [reporter(1), reporter(6), reporter(0)]);
  await db.insert(workerHeartbeats).values({
    workerId: "sample",
    lockKey: 1n,
    startedAt: ago(3 * DAY),
    beatAt: ago(2_000),
    version: "0.1.0",
  });
  const seeds: RequestSeed[] = [
    {
      name: "tidewater",
      state: "waiting_plex",
      who: [0, 1, 2, 3],
      seasons: [3],
      news: 5 * MINUTE,
      until: 5 * MINUTE,
      told: [2, 8],
    },
    {
      name: "lantern",
      state: "gathering",
      who: [2],
      seasons: [2],
      news: 11 * MINUTE,
      until: 2 * MINUTE,
      told: [6, 24],
    },
    { name: "orchard", state: "waiting_plex", who: [7], news: 12 * MINUTE, told: [0, 1] },
    { name: "ferry", state: "downloading", who: [1], is4k: true, news: 20 * MINUTE, told: [0, 1] },
    { name: "ferry", state: "told", who: [4], news: 40 * MINUTE, told: [1, 1] },
    {
      name: "meridian",
      state: "told",
      who: [0, 5, 3],
      seasons: [1],
      news: 130 * MINUTE,
      told: [9, 10],
    },
    { name: "finch", state: "told", who: [5], seasons: [4], news: 230 * MINUTE, told: [10, 10] },
    { name: "kestrel", state: "plex_cannot_see", who: [1], news: 6 * HOUR, told: [0, 1] },
    { name: "orbit", state: "looking", who: [6, 7], is4k: true, news: 20 * HOUR, told: [0, 1] },
    { name: "copper", state: "mail_unknown", who: [3], news: 50 * HOUR, told: [0, 1] },
    {
      name: "cabinet",
      state: "known_before",
      who: [3, 4],
      seasons: [6],
      news: 9 * DAY,
      told: [8, 8],
    },
    {
      name: "saltmarsh",
      state: "leaving",
      who: [6],
      seasons: [1],
      news: 3 * HOUR,
      until: 9 * MINUTE,
      told: [3, 6],
    },
    { name: "grammar", state: "told", who: [0], news: 11 * HOUR, told: [1, 1] },
    { name: "long", state: "waiting_approval", who: [4], news: 12 * DAY, told: [0, 1] },
    {
      name: "finch",
      state: "declined",
      who: [6],
      seasons: [1, 2, 3],
      news: 30 * DAY,
      told: [0, 0],
    },
  ];
  const askedAgo = (index: number) => (21 + ((index * 7) % 31)) * DAY + index * HOUR;
  const waits = [50 * MINUTE, 7 * HOUR, 9 * DAY, 30 * HOUR, 3 * HOUR, 4 * DAY, 20 * MINUTE];
  const requestRows = await db
    .insert(requests)
    .values(
      seeds.map((seed, index) => {
        const title = sampleTitles[seed.name];
        return {
          seerrRequestId: 412 - index,
          userId: userId(seed.who[0] ?? 0),
          mediaType: title.type,
          tmdbId: title.tmdb,
          tvdbId: title.tvdb,
          title: title.title,
          year: title.year,
          posterPath: samplePoster(seed.name),
          isFourK: seed.is4k ?? false,
          status: seed.state === "declined" ? ("declined" as const) : ("approved" as const),
          origin: "webhook" as const,
          requestedAt: ago(askedAgo(index)),
          watchableAt:
            seed.told?.[0] && seed.state !== "known_before"
              ? ago(askedAgo(index) - (waits[index % waits.length] as number))
              : null,
          state: seed.state,
          stateUntil: seed.until ? new Date(now.getTime() + seed.until) : null,
          toldCount: seed.told?.[0] ?? 0,
          itemCount: seed.told?.[1] ?? 0,
          lastNewsAt: ago(seed.news),
        };
      }),
    )
    .returning();
  const requestOf = (index: number) => requestRows[index]?.id as number;
  await db
    .insert(requestSeasons)
    .values(
      seeds.flatMap((seed, index) =>
        (seed.seasons ?? []).map((season) => ({ requestId: requestOf(index), season })),
      ),
    );
  await db.insert(requestWatchers).values(
    seeds.flatMap((seed, index) =>
      seed.who.map((who, place) => ({
        requestId: requestOf(index),
        userId: userId(who),
        source:
          place === 0 ? ("asked" as const) : place === 2 ? ("link" as const) : ("admin" as const),
        addedAt: ago(place === 0 ? askedAgo(index) : askedAgo(index) - DAY - place * HOUR),
      })),
    ),
  );

  const episodeTitles = [
    "High Water",
    "The Long Jetty",
    "Neap",
    "The Pilot Boat",
    "Slack Water",
    "Soundings",
    "Lee Shore",
    "Ebb",
  ];
  const tidewaterKey = (episode: number) =>
    mediaKey({ kind: "episode", tvdbId: 412905, season: 3, episode, isFourK: false });
  await db.insert(mediaItems).values(
    episodeTitles.map((episodeTitle, index) => {
      const episode = index + 1;
      const imported =
        episode <= 2 ? ago(9 * DAY) : episode <= 5 ? ago((20 - episode * 3) * MINUTE) : null;
      return {
        mediaKey: tidewaterKey(episode),
        groupKey: "show:tvdb:412905",
        kind: "episode" as const,
        tvdbId: 412905,
        tmdbId: 218840,
        title: "Tidewater Road",
        year: 2023,
        season: 3,
        episode,
        episodeTitle,
        runtimeMinutes: 48 + episode,
        airsAt:
          episode <= 5
            ? ago((9 - episode) * DAY)
            : new Date(now.getTime() + (5 + (episode - 6) * 7) * DAY),
        instanceKey: "sonarr",
        quality: imported ? "WEBDL-1080p" : null,
        filePath: imported
          ? `/data/tv/Tidewater Road/Season 03/Tidewater Road - S03E0${episode}.mkv`
          : null,
        importedAt: imported,
        playableAt: episode <= 4 && imported ? imported : null,
        plexAskCount: episode === 5 ? 6 : 0,
        plexFirstAskedAt: episode === 5 ? ago(5 * MINUTE) : null,
      };
    }),
  );
  const lanternKeys = [7].map((episode) => ({
    key: mediaKey({ kind: "episode", tvdbId: 420011, season: 2, episode, isFourK: false }),
    episode,
  }));
  await db.insert(mediaItems).values([
    ...Array.from({ length: 30 }, (_, index) => ({
      mediaKey: mediaKey({
        kind: "episode",
        tvdbId: 420011,
        season: 2,
        episode: index + 1,
        isFourK: false,
      }),
      groupKey: "show:tvdb:420011",
      kind: "episode" as const,
      tvdbId: 420011,
      title: "Paper Lantern District",
      season: 2,
      episode: index + 1,
      instanceKey: "sonarr-anime",
      airsAt:
        index < 7 ? ago((8 - index) * 7 * DAY) : new Date(now.getTime() + (index - 6) * 7 * DAY),
      importedAt: index < 7 ? ago((7 - index) * DAY + 5 * MINUTE) : null,
      playableAt: index < 7 ? ago((7 - index) * DAY) : null,
      quality: index < 7 ? "WEBDL-1080p" : null,
    })),
    {
      mediaKey: "movie:tmdb:330006",
      groupKey: "movie:tmdb:330006",
      kind: "movie" as const,
      tmdbId: 330006,
      title: "The Glass Orchard",
      instanceKey: "radarr",
      importedAt: ago(12 * MINUTE),
      plexAskCount: 11,
      plexFirstAskedAt: ago(11 * MINUTE),
      quality: "Bluray-1080p",
      filePath: "/data/movies/The Glass Orchard (2026)/The Glass Orchard.mkv",
    },
    {
      mediaKey: "movie:tmdb:330002",
      groupKey: "movie:tmdb:330002",
      kind: "movie" as const,
      tmdbId: 330002,
      title: "Kestrel Down",
      instanceKey: "radarr",
      importedAt: ago(30 * HOUR),
      adminToldAt: ago(6 * HOUR),
      plexAskCount: 1_440,
      plexFirstAskedAt: ago(30 * HOUR),
      quality: "WEBDL-1080p",
      filePath: "/data/movies/Kestrel Down (2025)/Kestrel Down.mkv",
    },
    {
      mediaKey: "movie:tmdb:330001",
      groupKey: "movie:tmdb:330001",
      kind: "movie" as const,
      tmdbId: 330001,
      title: "Last Ferry North",
      instanceKey: "radarr",
      importedAt: ago(42 * MINUTE),
      playableAt: ago(41 * MINUTE),
      quality: "WEBDL-1080p",
    },
  ]);
  const batchRows = await db
    .insert(batches)
    .values([
      ...[0, 1, 2].map((who) => ({
        userId: userId(who),
        groupKey: "show:tvdb:412905",
        title: "Tidewater Road",
        status: "open" as const,
        openedAt: ago(15.8 * MINUTE),
        dueAt: ago(5.8 * MINUTE),
        closesAt: new Date(now.getTime() + 4.2 * MINUTE),
        nextLookAt: new Date(now.getTime() + 30_000),
      })),
      {
        userId: userId(2),
        groupKey: "show:tvdb:420011",
        title: "Paper Lantern District",
        status: "open" as const,
        openedAt: ago(5.2 * MINUTE),
        dueAt: new Date(now.getTime() + 1.8 * MINUTE),
        closesAt: new Date(now.getTime() + 14.8 * MINUTE),
        nextLookAt: new Date(now.getTime() + 1.8 * MINUTE),
      },
      {
        userId: userId(7),
        groupKey: "movie:tmdb:330006",
        title: "The Glass Orchard",
        status: "open" as const,
        openedAt: ago(12 * MINUTE),
        dueAt: ago(11 * MINUTE),
        closesAt: new Date(now.getTime() + 8 * MINUTE),
        nextLookAt: new Date(now.getTime() + 22_000),
      },
    ])
    .returning();
  const batch = (index: number) => batchRows[index]?.id as number;
  await db.insert(batchItems).values([
    ...[0, 1, 2].flatMap((who, index) =>
      [3, 4, 5].map((episode) => ({
        batchId: batch(index),
        userId: userId(who),
        mediaKey: tidewaterKey(episode),
        requestId: requestOf(0),
        addedAt: ago((15.8 - (episode === 3 ? 0 : episode === 4 ? 2.7 : 7.1)) * MINUTE),
        state: "waiting" as const,
      })),
    ),
    ...lanternKeys.map(({ key }) => ({
      batchId: batch(3),
      userId: userId(2),
      mediaKey: key,
      requestId: requestOf(1),
      addedAt: ago(5.2 * MINUTE),
      state: "waiting" as const,
    })),
    {
      batchId: batch(4),
      userId: userId(7),
      mediaKey: "movie:tmdb:330006",
      requestId: requestOf(2),
      addedAt: ago(12 * MINUTE),
      state: "waiting" as const,
    },
  ]);

  await seedMails(db, now, userId, requestOf);
  await db.insert(deliveryLedger).values([
    ...[0, 1, 2].flatMap((who) =>
      [1, 2].map((episode) => ({
        userId: userId(who),
        kind: "available",
        mediaKey: tidewaterKey(episode),
        how: "told" as const,
        at: ago(9 * DAY),
      })),
    ),
    ...Array.from({ length: 6 }, (_, index) => ({
      userId: userId(2),
      kind: "available",
      mediaKey: mediaKey({
        kind: "episode",
        tvdbId: 420011,
        season: 2,
        episode: index + 1,
        isFourK: false,
      }),
      how: "told" as const,
      at: ago((7 - index) * DAY),
    })),
    ...[
      { who: 4, key: "movie:tmdb:330001", at: 40 * MINUTE },
      { who: 0, key: "movie:tmdb:330005", at: 11 * HOUR },
    ].map(({ who, key, at }) => ({
      userId: userId(who),
      kind: "available",
      mediaKey: key,
      how: "told" as const,
      at: ago(at),
    })),
    ...[
      { who: 0, tvdbId: 420012, season: 1, count: 9, at: 130 * MINUTE },
      { who: 5, tvdbId: 420012, season: 1, count: 9, at: 130 * MINUTE },
      { who: 5, tvdbId: 420013, season: 4, count: 10, at: 230 * MINUTE },
    ].flatMap(({ who, tvdbId, season, count, at }) =>
      Array.from({ length: count }, (_, index) => ({
        userId: userId(who),
        kind: "available",
        mediaKey: mediaKey({ kind: "episode", tvdbId, season, episode: index + 1, isFourK: false }),
        how: "told" as const,
        at: ago(at),
      })),
    ),
  ]);
  await seedTimeline(db, now, requestOf, userId);
  await seedInbox(db, now);
}

async function seedMails(
  db: Database,
  now: Date,
  userId: (index: number) => number,
  requestOf: (index: number) => number,
): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  type Mail = typeof notifications.$inferInsert;
  const mail = (
    who: number,
    name: Name,
    subject: string,
    status: Mail["status"],
    at: Date,
    more: Partial<Mail> = {},
  ): Mail => ({
    audience: "user",
    userId: userId(who),
    kind: sampleTitles[name].type === "movie" ? "movie_available" : "episodes_available",
    title: sampleTitles[name].title,
    subject,
    posterPath: samplePoster(name),
    status,
    dueAt: at,
    createdAt: new Date(Math.min(at.getTime() - 6 * MINUTE, now.getTime())),
    updatedAt: new Date(Math.min(at.getTime(), now.getTime())),
    ...(status === "sent"
      ? { sentAt: at, handedOverAt: at, attempts: 1, smtpReply: "250 2.0.0 OK queued as 4XyZ" }
      : {}),
    ...more,
  });
  const today: Mail[] = [
    mail(1, "saltmarsh", "Saltmarsh: episode 2 is ready", "sending", now, { attempts: 1 }),
    ...[0, 1, 2].map((who) =>
      mail(
        who,
        "tidewater",
        "Tidewater Road: episodes 3–4 are ready",
        "scheduled",
        new Date(now.getTime() + 252_000),
        {
          requestId: requestOf(0),
          statusReason: "Waits for Plex to show episode 5",
          createdAt: ago(15.8 * MINUTE),
        },
      ),
    ),
    mail(
      6,
      "saltmarsh",
      "Saltmarsh: episode 4 is ready",
      "retrying",
      new Date(now.getTime() + 9 * MINUTE),
      {
        requestId: requestOf(11),
        attempts: 2,
        statusReason: "The server said: 451 4.7.1 Greylisted, try again in 15 minutes",
      },
    ),
    ...[0, 4, 5, 6, 7, 1, 2, 3].map((who, index) =>
      mail(
        who,
        "meridian",
        `Ninth Meridian: episode ${index + 1} is ready`,
        "held",
        ago(21 * MINUTE),
        {
          statusReason: "One check wanted to send 8 mails; more than 5 are looked at first",
        },
      ),
    ),
    mail(3, "copper", "Copper Valley is ready", "unknown", ago(50 * HOUR), {
      requestId: requestOf(9),
      handedOverAt: ago(50 * HOUR),
      attempts: 1,
    }),
    mail(6, "finch", "Sable & Finch: season 4", "failed", ago(8 * HOUR), {
      attempts: 1,
      smtpReply: "550 5.1.1 The email account that you tried to reach does not exist",
    }),
    mail(4, "ferry", "Last Ferry North is ready", "sent", ago(40 * MINUTE), {
      requestId: requestOf(4),
    }),
    mail(0, "meridian", "Ninth Meridian: episode 9", "sent", ago(130 * MINUTE), {
      requestId: requestOf(5),
    }),
    mail(5, "finch", "Sable & Finch: season 4", "sent", ago(230 * MINUTE), {
      requestId: requestOf(6),
    }),
    mail(6, "orbit", "A Quiet Orbit is ready", "sent", ago(7 * HOUR)),
    mail(7, "orbit", "A Quiet Orbit is ready", "sent", ago(7 * HOUR)),
    mail(1, "saltmarsh", "Saltmarsh: episode 3", "sent", ago(8 * HOUR)),
    mail(0, "grammar", "Midnight Grammar is ready", "sent", ago(11 * HOUR), {
      requestId: requestOf(12),
    }),
    mail(3, "cabinet", "The Winter Cabinet: season 6", "sent", ago(11.5 * HOUR)),
    mail(2, "lantern", "Paper Lantern District: episode 6", "sent", ago(12.7 * HOUR)),
    mail(1, "saltmarsh", "Saltmarsh: still looking", "cancelled", ago(8.5 * HOUR), {
      statusReason: "Cancelled: it was grabbed",
      kind: "quality_waiting",
    }),
  ];
  const perDay = [7, 3, 11, 5, 18, 14, 12, 6, 3, 9, 6, 14, 14];
  const before = perDay.flatMap((count, index) =>
    Array.from({ length: count }, (_, n) => {
      const at = ago((13 - index) * DAY + ((n * 37) % 600) * MINUTE - 5 * HOUR);
      const name: Name = n % 5 === 3 ? "grammar" : "meridian";
      return mail(
        n % 8,
        name,
        `${sampleTitles[name].title} is ready`,
        "sent",
        at,
        n % 9 === 8 ? { kind: "coming_soon" } : {},
      );
    }),
  );
  const rows = await db
    .insert(notifications)
    .values([...before, ...today])
    .returning();
  const bySubject = (subject: string) => rows.filter((row) => row.subject === subject);
  const ferry = bySubject("Last Ferry North is ready")[0];
  const failed = rows.find((row) => row.status === "failed");
  if (ferry) {
    await db.insert(notificationBodies).values({
      notificationId: ferry.id,
      subject: ferry.subject,
      html: '<!doctype html><html><head><meta name="color-scheme" content="light dark"><style>body{margin:0;padding:24px;font:16px/24px system-ui;background:#f4f1ec;color:#1e1b26}@media (prefers-color-scheme: dark){body{background:#121016;color:#f2f0ec}}</style></head><body><img src="https://cinema.example.net/posters/w342/last-ferry-north.png" width="148" height="222" alt="Poster of Last Ferry North"><h1 style="font-size:27px;line-height:33px">Last Ferry North</h1><p>The movie is on the server, Hannah.</p></body></html>',
      text: "Last Ferry North\n\nThe movie is on the server, Hannah.\n\nPlay in Plex: https://app.plex.tv/\n",
      headers: {
        From: "The Attic Cinema <cinema@example.net>",
        To: "hannah@example.net",
        Subject: "Last Ferry North is ready",
        "Message-ID": "<5f0c2d1e@example.net>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
      renderedAt: ago(40 * MINUTE),
    });
    await db.insert(notificationItems).values({
      notificationId: ferry.id,
      mediaKey: "movie:tmdb:330001",
      requestId: requestOf(4),
    });
  }
  await db.insert(deliveryAttempts).values([
    ...(ferry
      ? [
          {
            notificationId: ferry.id,
            attempt: 1,
            startedAt: ago(40 * MINUTE),
            finishedAt: ago(40 * MINUTE),
            outcome: "accepted" as const,
            reply: "250 2.0.0 OK queued as 4XyZ",
          },
        ]
      : []),
    ...(failed
      ? [
          {
            notificationId: failed.id,
            attempt: 1,
            startedAt: ago(8 * HOUR),
            finishedAt: ago(8 * HOUR),
            outcome: "refused" as const,
            reply: "550 5.1.1 The email account that you tried to reach does not exist",
          },
        ]
      : []),
  ]);
  const episodeMails = bySubject("Tidewater Road: episodes 3–4 are ready");
  await db.insert(notificationItems).values(
    episodeMails.flatMap((row) =>
      [3, 4].map((episode) => ({
        notificationId: row.id,
        mediaKey: mediaKey({ kind: "episode", tvdbId: 412905, season: 3, episode, isFourK: false }),
        requestId: requestOf(0),
      })),
    ),
  );
}

async function seedTimeline(
  db: Database,
  now: Date,
  requestOf: (index: number) => number,
  userId: (index: number) => number,
): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  type Entry = typeof timelineEntries.$inferInsert;
  const clock = (at: Date) =>
    // In the zone of the server, which a test shares with the application it starts.
    new Intl.DateTimeFormat("en-GB", { timeStyle: "short" }).format(at);
  const row = (
    at: Date,
    kind: Entry["kind"],
    code: string,
    words: string,
    more: Partial<Entry> = {},
  ): Entry => ({
    requestId: requestOf(0),
    at,
    kind,
    code,
    words,
    source: "BingeAlert",
    ...more,
  });
  await db.insert(timelineEntries).values([
    row(ago(21 * DAY), "fact", "requested", "Anna asked for season 3, approved automatically", {
      source: "Seerr",
    }),
    row(ago(20 * DAY), "fact", "watcher_attached", "Jonas and Ben attached", { source: "admin" }),
    row(
      ago(20 * DAY - HOUR),
      "told",
      "told",
      "Told Anna: coming soon, first episode on 13 November",
      { source: "250 2.0.0 OK" },
    ),
    row(
      ago(9 * DAY),
      "not_told",
      "not_told",
      "Ben was not told: he switched off “episodes available”",
      { userId: userId(3) },
    ),
    row(ago(9 * DAY - 1000), "told", "told", "Told 3 people: episodes 1 and 2", {
      source: "250 2.0.0 OK",
      detail: { people: ["Anna Lindqvist", "Jonas Weber", "Mira Okafor"] },
    }),
    row(ago(8 * DAY), "not_told", "upgrade", "Nobody told: episode 1 replaced by a better file", {
      reason: "Everyone was told about it before.",
      source: "Sonarr",
    }),
    row(ago(50 * MINUTE), "fact", "grabbed", "Episodes 3 to 5 grabbed, 6.4 GB", {
      source: "Sonarr",
    }),
    row(ago(15.8 * MINUTE), "fact", "imported", "Episode 3 “Neap” imported, WEBDL-1080p", {
      source: "Sonarr",
    }),
    row(
      ago(13.1 * MINUTE),
      "fact",
      "imported",
      "Episode 4 “The Pilot Boat” imported, WEBDL-1080p",
      { source: "Sonarr" },
    ),
    row(ago(8.7 * MINUTE), "fact", "imported", "Episode 5 “Slack Water” imported, WEBDL-1080p", {
      source: "Sonarr",
    }),
    row(
      ago(8.6 * MINUTE),
      "decision",
      "mail_moved",
      `Moved the mail from ${clock(ago(8.8 * MINUTE))} to ${clock(ago(5.8 * MINUTE))}`,
      {
        reason: "One more episode arrived; each adds 3 minutes.",
      },
    ),
    row(ago(5.8 * MINUTE), "decision", "mail_kept", "Kept the mail back", {
      reason: "Plex plays episodes 3 and 4 but not 5, and the window is open.",
    }),
    ...[5, 4, 3, 2, 1].map((minute) =>
      row(ago(minute * MINUTE), "wait", "plex_asked", "Plex asked for episode 5, not there yet", {
        source: "Plex",
      }),
    ),
    row(ago(6 * HOUR), "trouble", "plex_cannot_see", "Plex does not show the movie", {
      requestId: requestOf(7),
      reason: "You were told, with the path. Check that the folder is in a library.",
    }),
    row(ago(30 * HOUR), "fact", "imported", "The movie imported, WEBDL-1080p", {
      requestId: requestOf(7),
      source: "Radarr",
    }),
  ]);
}

async function seedInbox(db: Database, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  type Event = typeof inboundEvents.$inferInsert;
  const event = (
    minutes: number,
    source: Event["source"],
    eventType: string,
    title: string,
    more: Partial<Event> = {},
  ): Event => ({
    receivedAt: ago(minutes * MINUTE),
    processedAt: ago(minutes * MINUTE - 40),
    source,
    eventType,
    title,
    instanceKey: source === "seerr" ? null : source,
    remoteAddress: "172.18.0.6",
    headers: { "content-type": "application/json", "user-agent": "Sonarr/4.0.15" },
    outcome: "handled",
    body: Buffer.from(
      JSON.stringify({
        eventType,
        instanceName: source === "sonarr" ? "Sonarr" : "Radarr",
        applicationUrl: "http://sonarr:8989",
        series: { id: 37, title: "Tidewater Road", tvdbId: 412905, tmdbId: 218840 },
        episodes: [{ seasonNumber: 3, episodeNumber: 5, title: "Slack Water" }],
        isUpgrade: false,
        apiKey: "abcdef0123456789",
      }),
    ),
    ...more,
  });
  const planned = (count: number) => [
    { words: "Matched request #412", detail: "season 3 of Tidewater Road, by TVDB id 412905" },
    { words: "3 people to tell, 1 not", detail: "Ben switched off “episodes available”" },
    {
      words: `${count} ${count === 1 ? "mail" : "mails"} planned`,
      detail: "one more episode arrived",
    },
  ];
  await db.insert(inboundEvents).values(
    [
      event(8, "sonarr", "Download", "Tidewater Road S03 E05", { effects: planned(3) }),
      event(13, "sonarr", "Download", "Tidewater Road S03 E04", { effects: planned(3) }),
      event(15, "sonarr", "Download", "Tidewater Road S03 E03", { effects: planned(3) }),
      event(23, "seerr", "MEDIA_AUTO_APPROVED", "The Winter Cabinet S06", {
        effects: [{ words: "Request stored", detail: null }],
      }),
      event(41, "radarr", "Download", "Last Ferry North", {
        effects: [{ words: "1 mail sent", detail: null }],
      }),
      event(50, "sonarr", "Grab", "Tidewater Road S03", { effects: [] }),
      event(69, "sonarr", "Health", "Indexer unavailable", {
        outcome: "ignored",
        reason: "Health messages of Sonarr are not about a request",
      }),
      event(94, "sonarr", "Download", "Saltmarsh S01 E01", {
        effects: [{ words: "Nobody to tell", detail: "an upgrade" }],
      }),
      event(136, "sonarr", "Download", "Ninth Meridian S01 E09", {
        effects: [{ words: "3 mails sent", detail: null }],
      }),
      event(150, "radarr", "Download", "Copper Valley", {
        outcome: "failed",
        reason: "Radarr could not be asked: nothing answers at radarr:7878",
      }),
      event(241, "sonarr", "Test", "Test from Sonarr", {
        effects: [{ words: "Answered", detail: null }],
      }),
      event(309, "sonarr", "Rename", "Sable & Finch", {
        outcome: "ignored",
        reason: "Renames change nothing for anybody",
      }),
      event(2_400, "seerr", "MEDIA_PENDING", "Kestrel Down", {
        outcome: "pending",
        processedAt: null,
      }),
    ].reverse(),
  );
}
