import { healthEvents, jobRuns, serviceHealth } from "@/drizzle/schema";
import type { RunName } from "@/lib/queue/catalog";
import type { Database } from "@/lib/store/db";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Usual answer times in milliseconds, and a day on which it was slow or down, as days before today. */
const services = [
  { key: "seerr", name: "Seerr", latency: 41, slow: 4 },
  { key: "sonarr", name: "Sonarr", latency: 22 },
  { key: "sonarr-anime", name: "Sonarr Anime", latency: 25 },
  { key: "radarr", name: "Radarr", latency: 19 },
  { key: "radarr-4k", name: "Radarr 4K", latency: 21, down: 9 },
  { key: "plex", name: "Plex", latency: 38, slow: 11, down: 6 },
  { key: "smtp", name: "Mail server", latency: 140 },
] as const;

/** Two weeks in which nearly everything answered, and does now. */
export async function seedHealth(db: Database, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const words = (latency: number) => `Answered in ${latency} ms`;
  await db
    .insert(serviceHealth)
    .values(
      services.map(({ key, name, latency }) => ({
        key,
        name,
        state: "ok" as const,
        failures: 0,
        since: ago(6 * DAY),
        checkedAt: ago(4 * MINUTE),
        latencyMs: latency,
        words: words(latency),
        isTold: false,
      })),
    )
    // A check that came first has found the same.
    .onConflictDoNothing();
  await db.insert(healthEvents).values(
    services.flatMap(({ key, latency, ...trouble }) =>
      Array.from({ length: 14 * 6 }, (_, index) => {
        const day = Math.floor(index / 6);
        const at = ago(index * 4 * HOUR + 4 * MINUTE);
        const isHour = index % 6 === 2;
        if ("down" in trouble && trouble.down === day && isHour) {
          const said = `Nothing answers at ${key}`;
          return { key, at, state: "down" as const, latencyMs: null, words: said };
        }
        const isSlow = "slow" in trouble && trouble.slow === day && isHour;
        const took = isSlow ? 4_300 : latency + ((index * 7) % 9);
        return {
          key,
          at,
          state: isSlow ? ("degraded" as const) : ("ok" as const),
          latencyMs: took,
          words: words(took),
        };
      }),
    ),
  );
}

/** In the order in which they ran: all but the backup, which is made anew. */
const ran: [RunName, minutesAgo: number, words: string][] = [
  ["clean-up", 610, "Nothing was old enough"],
  ["refresh-plex", 190, "4 812 titles in 3 libraries"],
  ["review-quality", 75, "38 open requests looked at"],
  ["sync-users", 22, "8 people"],
  ["sync-requests", 22, "412 requests, 1 new"],
  ["reconcile", 22, "1 204 requests compared, 1 missed mail made up for"],
  ["read-calendar", 14, "23 titles expected"],
  ["check-stuck", 12, "4 downloads, 1 is stuck"],
];

/** What ran last. None of it is due again for a while. */
export async function seedRuns(db: Database, now: Date): Promise<void> {
  await db.insert(jobRuns).values(
    ran.map(([name, minutes, words]) => ({
      name,
      trigger: "schedule" as const,
      startedAt: new Date(now.getTime() - minutes * MINUTE),
      finishedAt: new Date(now.getTime() - minutes * MINUTE + 21_000),
      outcome: "ok" as const,
      words,
    })),
  );
}
