import { issues, maintenanceWindows } from "@/drizzle/schema";
import type { Database } from "@/lib/store/db";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Reporter = { id: number; name: string };

/** What the sample's people reported: one to decide, one being repaired, one that is over; and two breaks. */
export async function seedIssues(
  db: Database,
  now: Date,
  [jonas, luis, anna]: [Reporter, Reporter, Reporter],
): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const reported = (by: Reporter, at: Date, stepped = at) => ({
    reporterId: by.id,
    reporterName: by.name,
    reportedAt: at,
    announcedAt: at,
    readFromSeerrAt: at,
    steppedAt: stepped,
    lastNewsAt: stepped,
  });
  await db.insert(issues).values([
    {
      ...reported(anna, ago(6 * DAY), ago(4 * DAY)),
      seerrIssueId: 17,
      type: "video",
      mediaType: "movie",
      tmdbId: 330005,
      title: "Midnight Grammar",
      posterPath: "/midnight-grammar.png",
      year: 2024,
      message: "The picture freezes after an hour.",
      status: "resolved",
      attemptCount: 1,
      resolvedAt: ago(4 * DAY),
      resolvedBy: "replacement",
      closing: "done",
    },
    {
      ...reported(luis, ago(26 * HOUR), ago(25 * HOUR)),
      seerrIssueId: 18,
      type: "subtitles",
      mediaType: "tv",
      tmdbId: 220015,
      tvdbId: 420015,
      season: 1,
      episode: 3,
      title: "Saltmarsh",
      posterPath: "/saltmarsh.png",
      year: 2025,
      message: "Subtitles belong to another episode.",
      status: "fixing",
      attemptCount: 1,
    },
    {
      ...reported(jonas, ago(3 * HOUR)),
      seerrIssueId: 19,
      type: "audio",
      mediaType: "movie",
      tmdbId: 330002,
      title: "Kestrel Down",
      posterPath: "/kestrel-down.png",
      year: 2025,
      message: "The sound is two seconds late from the middle on.",
      status: "reported",
    },
  ]);
  const announced = { zone: "Europe/Berlin", createdBy: "anna" };
  await db.insert(maintenanceWindows).values([
    {
      ...announced,
      title: "More disks",
      text: "Everything is back the same night.",
      startsAt: ago(20 * DAY),
      endsAt: ago(20 * DAY - 2 * HOUR),
      status: "completed",
      announcedAt: ago(23 * DAY),
      remindedAt: ago(21 * DAY),
      finishedAt: ago(20 * DAY - 2 * HOUR),
    },
    {
      ...announced,
      title: "A new router",
      text: "",
      startsAt: ago(-5 * DAY),
      endsAt: ago(-5 * DAY - 2 * HOUR),
      status: "scheduled",
      announcedAt: ago(2 * HOUR),
    },
  ]);
}
