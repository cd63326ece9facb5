import type { CollectionPlan, Holding } from "@/lib/domain/collection";
import type { DomainEvent } from "@/lib/domain/inbound";
import type { Instance } from "@/lib/domain/instance";
import { mediaKey } from "@/lib/domain/media";
import { itemWords, listWords, sentence } from "@/lib/domain/words";
import { AppError, UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { appendInboundEffect, findInboundEvent } from "@/lib/store/inbound-events";
import { findInstance } from "@/lib/store/instances";
import { listMovieRequests, listShowRequests, type RequestWithSeasons } from "@/lib/store/requests";
import { insertTimeline, type NewTimelineEntry } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";
import { parseInboundEvent } from "../inbound/parse-inbound-event";
import { holdsUntilCutoff, readCutoffRule } from "../library/cutoff-rule";
import {
  eventHoldings,
  readMovieHolding,
  readShowHoldings,
  type ShowHoldings,
} from "../library/read-holdings";
import { reviewBelowCutoff } from "../library/review-below-cutoff";
import type { Config } from "../load-config";
import { gatherCollection } from "./gather-collection";
import { joinBatches } from "./join-batches";
import { saveExpectedItems } from "./save-items";

type ImportEvent = Extract<DomainEvent, { kind: "imported" }>;

/** What made us look at an instance. */
export type CollectCause = {
  eventId: number | null;
  /** How often this job ran, 1 at first: the event's own list is a last resort. */
  attempt: number;
};

/** How often an instance is asked before the event's own list has to do: about half a minute of back-off. */
const attemptsBeforeEventList = 4;

/** Collects what is new about a show at one instance. */
export async function collectShow(
  ctx: ServiceContext,
  show: { instanceKey: string; seriesId: number | null; tvdbId: number | null },
  cause: CollectCause,
): Promise<void> {
  const config = await ctx.loadConfig();
  const instance = configuredInstance(config, show.instanceKey);
  const event = await importEvent(ctx, cause.eventId);
  const { holdings, expected } = await readOrFallBack(
    async () => {
      const rule = await readCutoffRule(config, instance);
      return (await readShowHoldings(instance, show, rule)) ?? { holdings: [], expected: [] };
    },
    () => eventFallBack(ctx, config, instance, event, cause),
  );
  const known = holdings[0] ?? expected[0];
  const requests = await listShowRequests(ctx.database.db, {
    tvdbId: known?.tvdbId ?? show.tvdbId,
    tmdbId: known?.tmdbId ?? event?.item.tmdbId ?? null,
  });
  await saveExpectedItems(ctx.database.db, expected, requests, ctx.now());
  await collect(ctx, config, instance, { holdings, requests, event, eventId: cause.eventId });
}

/** Collects a movie at one instance. */
export async function collectMovie(
  ctx: ServiceContext,
  movie: { instanceKey: string; tmdbId: number },
  cause: CollectCause,
): Promise<void> {
  const config = await ctx.loadConfig();
  const instance = configuredInstance(config, movie.instanceKey);
  const event = await importEvent(ctx, cause.eventId);
  const { holdings } = await readOrFallBack(
    async () => {
      const rule = await readCutoffRule(config, instance);
      const holding = await readMovieHolding(instance, movie.tmdbId, rule);
      return { holdings: holding ? [holding] : [], expected: [] };
    },
    () => eventFallBack(ctx, config, instance, event, cause),
  );
  const requests = await listMovieRequests(ctx.database.db, movie.tmdbId);
  await collect(ctx, config, instance, { holdings, requests, event, eventId: cause.eventId });
}

async function collect(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
  found: {
    holdings: Holding[];
    requests: RequestWithSeasons[];
    event: ImportEvent | null;
    eventId: number | null;
  },
): Promise<void> {
  const row = await findInstance(ctx.database.db, instance.key);
  // Until what it held at the first sync is in the ledger, only what the event itself reports can be news.
  const holdings =
    row?.baselineAt || !found.event
      ? found.holdings
      : found.holdings.filter((holding) => isNamedBy(found.event, holding));
  const plan = await gatherCollection(ctx.database.db, holdings, found.requests);
  const { words } = await joinBatches(ctx, config, plan, { eventId: found.eventId });
  await refreshPendingRequests(ctx, plan, found.requests);
  await reviewBelowCutoff(ctx, config, plan);
  if (found.eventId === null || !found.event) return;
  const named = found.holdings.filter((holding) => isNamedBy(found.event, holding));
  await noteSettled(ctx, found.event, found.eventId, named, plan, found.requests);
  for (const sentenceWords of words.length > 0 ? words : [nothingNewWords(found.holdings, plan)]) {
    await appendInboundEffect(ctx.database.db, found.eventId, {
      words: sentenceWords,
      detail: null,
    });
  }
  await announceChange(ctx.database.db, "inbound");
}

/** A request that looks unapproved may be approved by now: Seerr is asked, and then its items are collected. */
async function refreshPendingRequests(
  ctx: ServiceContext,
  plan: CollectionPlan,
  requests: readonly RequestWithSeasons[],
): Promise<void> {
  for (const request of requests.filter((r) => plan.notApproved.includes(r.id))) {
    await enqueue(ctx.database.db, "complete_request", { seerrRequestId: request.seerrRequestId });
  }
}

/** "Nobody told: episode 1 replaced by a better file": the reason is on the timeline, too. */
async function noteSettled(
  ctx: ServiceContext,
  event: ImportEvent,
  eventId: number,
  named: readonly Holding[],
  plan: CollectionPlan,
  requests: readonly RequestWithSeasons[],
): Promise<void> {
  const now = ctx.now();
  const keys = new Set(named.map((holding) => mediaKey(holding.identity)));
  const entries: NewTimelineEntry[] = [];
  for (const request of requests) {
    const settled = plan.settled.filter((s) => s.requestId === request.id && keys.has(s.mediaKey));
    const told = settled.filter((s) => s.how === "told" || s.how === "known_before");
    if (told.length === 0) continue;
    const what = itemWords([...new Set(told.map((s) => s.mediaKey))]);
    entries.push({
      requestId: request.id,
      at: now,
      kind: "not_told",
      code: "already_settled",
      words: `Nobody told: ${what} ${event.isUpgrade ? "replaced by a better file" : "imported again"}`,
      reason: told.every((s) => s.how === "known_before")
        ? "It was there before BingeAlert"
        : "Everyone attached was told about it before",
      source: instanceWord(event),
      eventId,
      dedupeKey: `settled:${request.id}:${eventId}`,
    });
  }
  await insertTimeline(ctx.database.db, entries);
}

/** What is read or, when the instance cannot be asked, what `fallBack` makes of it; null there rethrows. */
async function readOrFallBack(
  read: () => Promise<ShowHoldings>,
  fallBack: () => ShowHoldings | null,
): Promise<ShowHoldings> {
  try {
    return await read();
  } catch (error) {
    const instead = error instanceof UpstreamError ? fallBack() : null;
    if (!instead) throw error;
    return instead;
  }
}

function eventFallBack(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
  event: ImportEvent | null,
  cause: CollectCause,
): ShowHoldings | null {
  if (!event || cause.attempt < attemptsBeforeEventList || promisesMore(event)) return null;
  // Events do not say whether the cutoff is met: what may have to be held is not told on their word.
  if (holdsUntilCutoff(config.settings)) return null;
  ctx.log.warn("instance cannot be asked, the event's own list is used", {
    instance: instance.key,
    eventId: cause.eventId,
  });
  return { holdings: eventHoldings(instance, event, ctx.now()), expected: [] };
}

/** An Import Complete names what the release promises: with fewer files, only the instance knows which came. */
function promisesMore({ trigger, item, files }: ImportEvent): boolean {
  return trigger === "complete" && item.type === "show" && files.length < item.episodes.length;
}

async function importEvent(
  ctx: ServiceContext,
  eventId: number | null,
): Promise<ImportEvent | null> {
  if (eventId === null) return null;
  const row = await findInboundEvent(ctx.database.db, eventId);
  const event = row ? parseInboundEvent(row) : null;
  return event?.kind === "imported" ? event : null;
}

function configuredInstance(config: Config, key: string): Instance {
  const instance = config.instances.find((i) => i.key === key);
  if (!instance) throw new AppError("not_configured", `${key} is no longer configured`);
  return instance;
}

function isNamedBy(event: ImportEvent | null, holding: Holding): boolean {
  if (!event) return false;
  const { identity } = holding;
  if (event.item.type === "movie") return identity.kind === "movie";
  return (
    identity.kind === "episode" &&
    event.item.episodes.some((e) => e.season === identity.season && e.episode === identity.episode)
  );
}

function nothingNewWords(holdings: readonly Holding[], plan: CollectionPlan): string {
  if (holdings.length === 0) return "The instance holds no file of it";
  if (plan.belowCutoff.length > 0) {
    const keys = plan.belowCutoff.map(({ holding }) => mediaKey(holding.identity));
    return `Held until the cutoff is met: ${itemWords(keys)}`;
  }
  if (plan.covered.length === 0) return "No request asks for it";
  if (plan.skips.length > 0) {
    return sentence(
      listWords(plan.skips.map((skip) => `${skip.displayName}: ${skip.decision.because}`)),
    );
  }
  return "Everybody was told or is in a mail already";
}

const instanceWord = (event: ImportEvent) => (event.item.type === "movie" ? "Radarr" : "Sonarr");
