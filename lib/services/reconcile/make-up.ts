import { titleGuids } from "@/lib/domain/availability";
import type { CollectionPlan, Holding } from "@/lib/domain/collection";
import { parseMediaKey } from "@/lib/domain/media";
import { decideHold } from "@/lib/domain/reconcile";
import type { Finding } from "@/lib/domain/run-report";
import { plural } from "@/lib/domain/views/count-words";
import { itemWords, sentence } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import { listMediaItems, type MediaItem } from "@/lib/store/media-items";
import { findRatingKeys } from "@/lib/store/plex-index";
import type { RequestWithSeasons } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { listUntoldItems, type UntoldItem } from "@/lib/store/untold-items";
import { tellAdmin } from "../alerts/tell-admin";
import { availableKind, gatherCollection } from "../batches/gather-collection";
import { type JoinResult, joinBatches } from "../batches/join-batches";
import type { ServiceContext } from "../context";
import { withoutBelowCutoff } from "../library/without-below-cutoff";
import type { Config } from "../load-config";
import { checkAvailability } from "../plex/check-availability";
import { refreshPlexIndex } from "../plex/plex-index";
import { plexOf } from "../upstreams";

/**
 * Makes up for what the given instances hold and people were not told of, through the same pipeline as a webhook.
 * Whether too many mails would leave is asked of the whole check. A service that cannot be asked is in
 * `failures`: its name by what went wrong.
 */
export async function makeUp(
  ctx: ServiceContext,
  config: Config,
  instanceKeys: readonly string[],
  requests: ReadonlyMap<number, RequestWithSeasons>,
): Promise<{ mails: number; held: boolean; findings: Finding[]; failures: Map<string, string> }> {
  const failures = new Map<string, string>();
  const untold = await listUntoldItems(ctx.database.db, { kind: availableKind, instanceKeys });
  const plans: CollectionPlan[] = [];
  for (const portion of byGroups(untold)) {
    const plan = await planPortion(ctx, config, portion, requests, failures);
    plans.push(await withoutGivenUp(ctx, config, plan, failures));
  }
  const planned = plans.reduce((sum, plan) => sum + plan.joins.length, 0);
  const heldReason = decideHold(planned, config.settings.RECONCILIATION_HOLD_ABOVE);
  const joined: JoinResult["joined"] = [];
  for (const plan of plans) {
    const cause = { eventId: null, ...(heldReason ? { heldReason } : {}) };
    const result = await joinBatches(ctx, config, plan, cause);
    joined.push(...result.joined);
  }
  await noteFound(ctx, joined);
  const held = joined.filter((join) => join.isHeld);
  if (heldReason && held.length > 0) await announceHold(ctx, config, heldReason, held);
  return {
    mails: joined.length,
    held: held.length > 0,
    findings: joined.flatMap((join) => findingsOf(join, heldReason)),
    failures,
  };
}

/** Everything about one title stays together, because it goes into one mail. */
function* byGroups(untold: readonly UntoldItem[]): Generator<UntoldItem[]> {
  const least = 1000;
  let portion: UntoldItem[] = [];
  for (const item of untold) {
    if (portion.length >= least && portion.at(-1)?.groupKey !== item.groupKey) {
      yield portion;
      portion = [];
    }
    portion.push(item);
  }
  if (portion.length > 0) yield portion;
}

async function planPortion(
  ctx: ServiceContext,
  config: Config,
  portion: readonly UntoldItem[],
  requests: ReadonlyMap<number, RequestWithSeasons>,
  failures: Map<string, string>,
): Promise<CollectionPlan> {
  const { db } = ctx.database;
  const keys = [...new Set(portion.map((item) => item.mediaKey))];
  const ids = [...new Set(portion.map((item) => item.requestId))];
  const items = await withoutBelowCutoff(config, await listMediaItems(db, keys), failures);
  const asking = ids.flatMap((id) => requests.get(id) ?? []);
  const plan = await gatherCollection(db, items.flatMap(toHolding), asking);
  // They are stored already, just now: writing them back would only cost time.
  return { ...plan, covered: [] };
}

/** A stored item as what its instance holds. */
function toHolding(item: MediaItem): Holding[] {
  const identity = parseMediaKey(item.mediaKey);
  if (!identity || item.instanceKey === null) return [];
  return [{ ...item, identity, instanceKey: item.instanceKey, addedAt: item.importedAt }];
}

/** What the admin was told about, because Plex does not show it, waits until Plex does: no second deadline runs. */
async function withoutGivenUp(
  ctx: ServiceContext,
  config: Config,
  plan: CollectionPlan,
  failures: Map<string, string>,
): Promise<CollectionPlan> {
  const keys = [...new Set(plan.joins.flatMap((join) => join.items.map((item) => item.mediaKey)))];
  const givenUp = (await listMediaItems(ctx.database.db, keys)).filter(
    (item) => item.adminToldAt !== null,
  );
  const hidden = new Set(givenUp.map((item) => item.mediaKey));
  try {
    const machineId = await readIndex(ctx, config, givenUp);
    for (const group of new Set(givenUp.map((item) => item.groupKey))) {
      const items = givenUp.filter((item) => item.groupKey === group);
      if (!(await mayPlay(ctx, machineId, items))) continue;
      const { byKey } = await checkAvailability(ctx, config, items);
      for (const [key, answer] of byKey) if (answer.kind === "plays") hidden.delete(key);
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    failures.set(error.message, "Plex");
  }
  return {
    ...plan,
    joins: plan.joins
      .map((join) => ({ ...join, items: join.items.filter((item) => !hidden.has(item.mediaKey)) }))
      .filter((join) => join.items.length > 0),
  };
}

/** Brings our index of Plex up to date, once for all titles. Null without Plex, or when there is nothing to ask. */
async function readIndex(
  ctx: ServiceContext,
  config: Config,
  items: readonly MediaItem[],
): Promise<string | null> {
  const plex = plexOf(config);
  if (!plex || items.length === 0) return null;
  const { machineIdentifier } = await plex.identity();
  await refreshPlexIndex(ctx, plex, machineIdentifier, 15_000);
  return machineIdentifier;
}

/** Whether our index of Plex knows the title at all: asking about one it does not know is of no use. */
async function mayPlay(
  ctx: ServiceContext,
  machineId: string | null,
  [first]: readonly MediaItem[],
): Promise<boolean> {
  if (!machineId || !first) return true;
  const type = first.kind === "movie" ? ("movie" as const) : ("show" as const);
  const guids = titleGuids(first);
  return (await findRatingKeys(ctx.database.db, { machineId, type, guids })).length > 0;
}

/** The timeline says that it was a check that found it. */
async function noteFound(ctx: ServiceContext, joined: JoinResult["joined"]): Promise<void> {
  const found = new Map<number, Set<string>>();
  for (const { items } of joined) {
    for (const { requestId, mediaKey } of items) {
      found.set(requestId, (found.get(requestId) ?? new Set()).add(mediaKey));
    }
  }
  await insertTimeline(
    ctx.database.db,
    [...found].map(([requestId, keys]) => ({
      requestId,
      at: ctx.now(),
      kind: "fact" as const,
      code: "found_by_check",
      words: `${sentence(itemWords([...keys]))} found by the regular check`,
      reason: "It is there, and not everybody attached had been told",
      source: "BingeAlert",
      dedupeKey: `found:${requestId}:${[...keys].sort().join(",")}`.slice(0, 500),
    })),
  );
}

/** One piece of news for all mails one check holds. */
async function announceHold(
  ctx: ServiceContext,
  config: Config,
  heldReason: string,
  held: JoinResult["joined"],
): Promise<void> {
  const people = new Map<string, number>();
  for (const { displayName } of held) people.set(displayName, (people.get(displayName) ?? 0) + 1);
  const mails = plural(held.length, "mail");
  const subject = `${mails} ${held.length === 1 ? "waits" : "wait"} for your look`;
  await ctx.database.db.transaction((tx) =>
    tellAdmin(
      tx,
      config,
      {
        event: "mails_held",
        subject,
        headline: subject,
        lines: [
          `${heldReason}. Nothing of it leaves until you release it.`,
          "Release what is news, drop what people know already. Each mail still waits until Plex plays its titles.",
        ],
        rows: [...people]
          .slice(0, 12)
          .map(([label, count]) => ({ label, value: plural(count, "mail") })),
        action: { path: "/notifications/held", label: "Look at the mails" },
      },
      { title: subject },
      ctx.now(),
    ),
  );
}

function findingsOf(join: JoinResult["joined"][number], heldReason: string | null): Finding[] {
  return [...new Set(join.items.map((item) => item.requestId))].map((requestId) => {
    const mediaKeys = join.items.filter((i) => i.requestId === requestId).map((i) => i.mediaKey);
    return {
      kind: join.isHeld ? "held" : "made_up",
      requestId,
      userId: join.userId,
      title: join.title,
      words: `${join.displayName} had not been told about ${itemWords(mediaKeys)}`,
      reason: join.isHeld ? heldReason : "The mail leaves when Plex plays it",
      mediaKeys,
    };
  });
}
