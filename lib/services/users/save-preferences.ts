import type { Preferences } from "@/lib/domain/preferences";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { releaseMailsPutOffTo } from "@/lib/store/paused-mails";
import { findUser, setPreferences, type User } from "@/lib/store/users";
import { wakeBatches } from "../batches/wake-batches";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { findPause } from "../maintenance/find-pause";

/** Stores what a person chose about their mails; it applies at once, also to what waits for them already. */
export async function savePreferences(
  ctx: ServiceContext,
  userId: number,
  preferences: Preferences,
): Promise<User> {
  const now = ctx.now();
  const config = await ctx.loadConfig();
  const { quietHours, ...rest } = preferences;
  const user = await ctx.database.db.transaction(async (tx) => {
    const before = await findUser(tx, userId);
    if (!before) throw new AppError("not_found", "There is no such person");
    const pauses = await findPauses(tx, config, before, now);
    const saved = await setPreferences(
      tx,
      userId,
      { ...rest, quietFrom: quietHours?.from ?? null, quietUntil: quietHours?.until ?? null },
      now,
    );
    await wakeBatches(tx, userId, now);
    for (const notificationId of await releaseMailsPutOffTo(tx, userId, pauses, now)) {
      await enqueue(tx, "deliver_notification", { notificationId }, { runAt: now });
    }
    await announceChange(tx, "users");
    return saved;
  });
  if (!user) throw new AppError("not_found", "There is no such person");
  ctx.log.info("preferences changed", { userId });
  return user;
}

/** Until when mails were put off by what was chosen before: such a mail is decided anew. */
async function findPauses(tx: Executor, config: Config, user: User, now: Date): Promise<Date[]> {
  const kinds = ["coming_soon", "issue_received"];
  const pauses = await Promise.all(kinds.map((kind) => findPause(tx, config, user, kind, now)));
  return pauses.flatMap((pause) => (pause ? [pause.until] : []));
}
