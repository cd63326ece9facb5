import type { FeedEpisode, FeedMovie } from "@/lib/domain/calendar-feed";
import { announceChange } from "@/lib/store/changes";
import { findMilestone, forgetMilestone, renewMilestone } from "@/lib/store/milestones";
import { listUpcoming, type UpcomingRow } from "@/lib/store/views/upcoming";
import type { ServiceContext } from "../context";
import { signCalendarLink } from "./signed-links";

/** The calendar of everything somebody waits for, by a link that can be revoked. */

const dayMs = 24 * 60 * 60 * 1000;
const mostEntries = 2_000;

/** Path of the calendar link; null when there is none. */
export async function findCalendarPath(ctx: ServiceContext): Promise<string | null> {
  const madeAt = await findMilestone(ctx.database.db, "calendar_link");
  return madeAt && `/calendar/${signCalendarLink(await ctx.loadConfig(), madeAt)}.ics`;
}

/** Makes a link; the one before it works no more. */
export async function makeCalendarLink(ctx: ServiceContext): Promise<void> {
  await renewMilestone(ctx.database.db, "calendar_link", ctx.now());
  await announceChange(ctx.database.db, "calendar");
}

/** Makes the link useless. */
export async function revokeCalendarLink(ctx: ServiceContext): Promise<void> {
  await forgetMilestone(ctx.database.db, "calendar_link");
  await announceChange(ctx.database.db, "calendar");
}

/** What the link made at `madeAt` shows; null when it was revoked. */
export async function householdFeed(
  ctx: ServiceContext,
  madeAt: Date,
): Promise<{ serverName: string; episodes: FeedEpisode[]; movies: FeedMovie[] } | null> {
  const { db } = ctx.database;
  const valid = await findMilestone(db, "calendar_link");
  if (valid?.getTime() !== madeAt.getTime()) return null;
  const { settings } = await ctx.loadConfig();
  const now = ctx.now().getTime();
  const rows = await listUpcoming(
    db,
    {
      from: new Date(now - 2 * dayMs),
      until: new Date(now + 62 * dayMs),
      ...{ type: null, isFourK: null, personId: null },
    },
    mostEntries,
  );
  return {
    serverName: settings.MAIL_SERVER_NAME,
    episodes: rows.flatMap(feedEpisode),
    movies: rows.flatMap(feedMovie),
  };
}

function feedEpisode(row: UpcomingRow): FeedEpisode[] {
  const { season, episode } = row;
  if (season === null || episode === null) return [];
  const { mediaKey, title, episodeTitle, at: airsAt, runtimeMinutes: minutes, changedAt } = row;
  return [{ mediaKey, title, season, episode, episodeTitle, airsAt, minutes, changedAt }];
}

function feedMovie({ release, mediaKey, title, at: day, changedAt }: UpcomingRow): FeedMovie[] {
  return release === "air" ? [] : [{ mediaKey, title, release, day, changedAt }];
}
