import "server-only";
import { readStatistics } from "@/lib/services/statistics/read-statistics";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getStatistics } from "../contracts/statistics";
import { iso } from "../moments";

export const statistics = apiRoute(getStatistics, async () => {
  const ctx = webContext();
  const { timeZone } = await ctx.loadConfig();
  const { longest, queue, ...rest } = await readStatistics(ctx.database.db, ctx.now(), timeZone);
  return {
    timeZone,
    ...rest,
    longest: longest.map(({ id, title, state, since }) => ({
      requestId: id,
      title,
      state,
      since: iso(since),
    })),
    queue: { ...queue, mails: { ...queue.mails, nextDueAt: iso(queue.mails.nextDueAt) } },
  };
});
