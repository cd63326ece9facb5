import { auditEntries, calendarEntries, calendarReads } from "@/drizzle/schema";
import { mediaKey } from "@/lib/domain/media";
import type { Database } from "@/lib/store/db";

const DAY = 86_400_000;

type Show = { title: string; tvdbId: number; season: number; instanceKey: string };

const shows: (Show & { first: number; count: number; hour: number; names?: string[] })[] = [
  {
    ...{ title: "Tidewater Road", tvdbId: 412905, season: 3, instanceKey: "sonarr" },
    ...{ first: 6, count: 3, hour: 20, names: ["Soundings", "Lee Shore", "Ebb"] },
  },
  {
    ...{ title: "Paper Lantern District", tvdbId: 420011, season: 2 },
    ...{ instanceKey: "sonarr-anime", first: 8, count: 8, hour: 17 },
  },
  {
    ...{ title: "Saltmarsh", tvdbId: 420015, season: 1, instanceKey: "sonarr" },
    ...{ first: 5, count: 2, hour: 21 },
  },
];

/** What the sample's Sonarr and Radarr expect, and what was done to it lately. */
export async function seedCalendar(db: Database, now: Date): Promise<void> {
  const midnight = Math.floor(now.getTime() / DAY) * DAY;
  const common = { isMonitored: true, hasFile: false, changedAt: now, year: null };
  const weekly = shows.flatMap(
    ({ title, tvdbId, season, instanceKey, first, count, hour, names }, of) =>
      Array.from({ length: count }, (_, index) => ({
        ...common,
        ...{ instanceKey, title, tvdbId, season, tmdbId: null, isFourK: false },
        mediaKey: mediaKey({
          kind: "episode",
          ...{ tvdbId, season, episode: first + index, isFourK: false },
        }),
        release: "air" as const,
        episode: first + index,
        episodeTitle: names?.[index] ?? null,
        runtimeMinutes: 50,
        at: new Date(midnight + (of + index * 7) * DAY + hour * 3_600_000),
      })),
  );
  // A whole season on one day.
  const atOnce = Array.from({ length: 8 }, (_, index) => ({
    ...common,
    ...{ instanceKey: "sonarr", title: "Ninth Meridian", tvdbId: 420012, season: 1 },
    ...{ tmdbId: null, isFourK: false, episode: 11 + index, episodeTitle: null },
    mediaKey: mediaKey({
      kind: "episode",
      ...{ tvdbId: 420012, season: 1, episode: 11 + index, isFourK: false },
    }),
    release: "air" as const,
    runtimeMinutes: 50,
    at: new Date(midnight + 4 * DAY + 8 * 3_600_000),
  }));
  const movie = (
    title: string,
    tmdbId: number,
    release: "digital" | "physical" | "cinema",
    days: number,
    isFourK: boolean,
  ) => ({
    ...common,
    ...{ title, tmdbId, release, isFourK, tvdbId: null, season: null, episode: null },
    ...{ episodeTitle: null, runtimeMinutes: 104 },
    instanceKey: isFourK ? "radarr-4k" : "radarr",
    mediaKey: mediaKey({ kind: "movie", tmdbId, isFourK }),
    at: new Date(midnight + days * DAY),
  });
  await db
    .insert(calendarEntries)
    .values([
      ...weekly,
      ...atOnce,
      movie("A Quiet Orbit", 330003, "digital", 2, true),
      movie("A Quiet Orbit", 330003, "physical", 20, true),
      movie("Last Ferry North", 330001, "digital", 9, true),
      movie("Kestrel Down", 330002, "physical", 12, false),
      { ...movie("Copper Valley", 330004, "cinema", 5, false), isMonitored: false },
      movie("Nobody Asked for This", 999001, "digital", 3, false),
    ]);
  const read = { triedAt: new Date(now.getTime() - 12 * 60_000), trouble: null };
  await db.insert(calendarReads).values([
    { instanceKey: "sonarr", readAt: read.triedAt, ...read },
    { instanceKey: "sonarr-anime", readAt: read.triedAt, ...read },
    { instanceKey: "radarr", readAt: read.triedAt, ...read },
    { instanceKey: "radarr-4k", readAt: read.triedAt, ...read },
  ]);
}

/** What was done to the sample lately, by whom. */
export async function seedDeeds(db: Database, now: Date): Promise<void> {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  await db.insert(auditEntries).values(
    [
      {
        ...{ at: ago(4 * 24 * 60), actor: "anna", address: "192.168.1.20", area: "security" },
        ...{ action: "Signed in", subject: null, before: null, after: null },
      },
      {
        ...{ at: ago(26 * 60), actor: "anna", address: "192.168.1.20", area: "settings" },
        ...{ action: "2 settings saved", subject: null },
        before: { NOTIFICATION_INITIAL_DELAY_SECONDS: "420", SMTP_PASSWORD: "•••" },
        after: { NOTIFICATION_INITIAL_DELAY_SECONDS: "300", SMTP_PASSWORD: "•••" },
      },
      {
        ...{ at: ago(25 * 60), actor: "anna", address: "192.168.1.20", area: "services" },
        ...{ action: "Sonarr Anime was saved", subject: "sonarr-anime" },
        before: { name: "Sonarr Anime", url: "http://sonarr-anime:8989", isFourK: false },
        after: {
          name: "Sonarr Anime",
          url: "https://media.example.net/sonarr-anime",
          isFourK: false,
        },
      },
      {
        ...{ at: ago(190), actor: "key Homepage", address: "192.168.1.5", area: "jobs" },
        ...{ action: "Start a worker now", subject: "/api/v1/jobs/reconcile/run" },
        ...{ before: null, after: null },
      },
      {
        ...{ at: ago(52), actor: "jonas", address: "192.168.1.31", area: "users" },
        ...{ action: "Ben Castellano gets no more mails", subject: "Ben Castellano" },
        ...{ before: { active: true }, after: { active: false } },
      },
      {
        ...{ at: ago(31), actor: "jonas", address: "192.168.1.31", area: "requests" },
        ...{ action: "2 people attached", subject: null, before: null },
        after: { requestId: 1, userIds: [2, 3], includeExisting: false },
      },
      {
        ...{ at: ago(9), actor: "anna", address: "192.168.1.20", area: "mails" },
        ...{ action: "Sent again, as a mail of its own", subject: null, before: null },
        after: { notificationId: 1 },
      },
    ].map((deed) => ({ ...deed, area: deed.area as "mails" })),
  );
}
