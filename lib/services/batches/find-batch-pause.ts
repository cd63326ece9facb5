import { preferencesOf } from "@/lib/domain/preferences";
import { decideSeasonWait, type SeasonWait } from "@/lib/domain/season-wait";
import {
  decideSendingTime,
  type SendingReason,
  sendingReasonWords,
} from "@/lib/domain/sending-time";
import { firstName } from "@/lib/domain/views/person";
import type { Batch, BatchItem } from "@/lib/store/batches";
import type { Executor } from "@/lib/store/db";
import type { MediaItem } from "@/lib/store/media-items";
import { listSeasonEpisodes } from "@/lib/store/season-episodes";
import type { User } from "@/lib/store/users";
import type { Config } from "../load-config";
import { activeMaintenance } from "../maintenance/find-maintenance";
import { type Pause, readerTimes } from "../maintenance/find-pause";

const minute = 60 * 1000;

/** `lookAt`: when to see whether the reason still holds. `isLatest`: it may end before `until`. */
export type BatchPause = Pause & { lookAt: Date; isLatest: boolean };

/** How long a reason is taken as it is: a season can become complete, a maintenance window be ended early. */
const goodFor: Record<SendingReason["kind"], number> = {
  seasonIncomplete: 12 * 60 * minute,
  maintenance: 15 * minute,
  quietHours: 24 * 60 * minute,
  dailyDigest: 24 * 60 * minute,
};

/**
 * What keeps the mail of a batch back that could leave now: its reader's quiet hours, daily hour or wish for whole
 * seasons, or maintenance. Null: nothing.
 */
export async function findBatchPause(
  executor: Executor,
  config: Pick<Config, "timeZone">,
  facts: {
    batch: Batch;
    user: User;
    /** What waits in it, and which of that Plex does not play. */
    waiting: readonly (BatchItem & { item: MediaItem })[];
    unseen: ReadonlySet<string>;
  },
  now: Date,
): Promise<BatchPause | null> {
  const { batch, user } = facts;
  const { frequency, digestHour } = preferencesOf(user);
  const times = readerTimes(user, config);
  const decided = decideSendingTime(
    {
      ...times,
      maintenance: await activeMaintenance(executor, now),
      digest: frequency === "daily_digest" ? { hour: digestHour, dueAt: batch.pausedUntil } : null,
      seasonWait:
        frequency === "season_complete" ? await findSeasonWait(executor, facts, now) : null,
    },
    now,
  );
  if (decided.kind === "now") return null;
  const { at, because } = decided;
  const reader = { name: firstName(user.displayName), timeZone: times.timeZone };
  return {
    until: at,
    because: sendingReasonWords(because, reader, config.timeZone),
    lookAt: new Date(Math.min(at.getTime(), now.getTime() + goodFor[because.kind])),
    isLatest: because.kind === "seasonIncomplete",
  };
}

async function findSeasonWait(
  executor: Executor,
  { batch, waiting, unseen }: Parameters<typeof findBatchPause>[2],
  now: Date,
): Promise<SeasonWait | null> {
  const episodes = waiting.filter(({ item }) => item.kind === "episode");
  const seasons = [...new Set(episodes.map(({ item }) => item.season ?? 0))];
  const known = await listSeasonEpisodes(executor, batch.groupKey, seasons);
  return decideSeasonWait(
    episodes.map(({ item, addedAt }) => ({ season: item.season ?? 0, addedAt })),
    known.map((item) => ({
      season: item.season ?? 0,
      episode: item.episode ?? 0,
      airsAt: item.airsAt,
      isThere: item.importedAt !== null && item.removedAt === null && !unseen.has(item.mediaKey),
    })),
    now,
  );
}
