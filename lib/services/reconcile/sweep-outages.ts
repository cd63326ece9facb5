import type { Instance } from "@/lib/domain/instance";
import type { Finding } from "@/lib/domain/run-report";
import { plural } from "@/lib/domain/views/count-words";
import { clockWords } from "@/lib/domain/words";
import type { OwnOutage } from "@/lib/store/own-outages";
import { forgetSeriesReads } from "@/lib/store/series-reads";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { radarrOf, sonarrOf } from "../upstreams";

/** The clocks of two machines differ, and an import is dated before its webhook is sent. */
const overlapMs = 15 * 60_000;

/**
 * Asks an instance what it imported since BingeAlert stopped running, so that the comparison that follows reads those
 * shows anew whatever they look like. Throws UpstreamError when its history cannot be read.
 */
export async function sweepOutages(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
  outages: readonly OwnOutage[],
): Promise<Finding[]> {
  const [first] = outages;
  const last = outages.at(-1);
  if (!first || !last) return [];
  const since = new Date(first.beganAt.getTime() - overlapMs);
  const client = instance.kind === "sonarr" ? sonarrOf(instance) : radarrOf(instance);
  const titles = await client.importsSince(since);
  if (titles.length === 0) return [];
  if (instance.kind === "sonarr") {
    await forgetSeriesReads(ctx.database.db, { instanceKey: instance.key, seriesIds: titles });
  }
  const clock = (at: Date) => clockWords(at, ctx.now(), config.timeZone);
  const what = instance.kind === "sonarr" ? "show" : "movie";
  return [
    {
      kind: "seen",
      requestId: null,
      userId: null,
      title: null,
      words: `${instance.name} imported files of ${plural(titles.length, what)} around the time BingeAlert did not run`,
      reason: `No sign of life from ${clock(first.beganAt)} to ${clock(last.endedAt)}; its history was read`,
      mediaKeys: [],
    },
  ];
}
