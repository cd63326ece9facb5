import {
  type CheckKind,
  decideHealth,
  type Finding,
  type HealthState,
  healthRules,
  isServiceKind,
} from "@/lib/domain/health";
import { newsOfCheck } from "@/lib/domain/health-news";
import { clockWords, durationWords, listWords } from "@/lib/domain/words";
import { purgeAlertDeliveries } from "@/lib/store/alert-deliveries";
import { announceChange } from "@/lib/store/changes";
import {
  forgetOtherHealth,
  lockServiceHealth,
  purgeHealthEvents,
  saveServiceHealth,
} from "@/lib/store/health";
import { tellAdmin } from "../alerts/tell-admin";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { activeMaintenance } from "../maintenance/find-maintenance";
import type { Progress, RunResult } from "../run-report";
import { listServiceProbes } from "./probe-services";
import { watchDisk, watchQueue, watchWebhooks, watchWorkers } from "./watch-own-work";

type Check = {
  key: string;
  kind: CheckKind;
  name: string;
  address: string | null;
  /** Null: it could not be looked at, and stands as it stood. */
  look: () => Promise<Finding | null>;
};

type Checked = { name: string; kind: CheckKind; state: HealthState };

/**
 * Asks every connected service whether it works, looks at the queue, the workers, the disk and the webhooks, keeps how
 * each stands and tells the admin what changed. During maintenance nobody is told.
 */
export async function checkHealth(ctx: ServiceContext, report: Progress): Promise<RunResult> {
  const config = await ctx.loadConfig();
  const { db } = ctx.database;
  const checks = listChecks(ctx, config);
  let done = 0;
  const found = await Promise.all(
    checks.map(async (check) => {
      const finding = await check.look();
      done += 1;
      await report({ done, total: checks.length, words: `${check.name} was asked` });
      return { check, finding };
    }),
  );
  const isMuted = (await activeMaintenance(db, ctx.now())) !== null;
  const checked: Checked[] = [];
  for (const { check, finding } of found) {
    if (finding) checked.push(await record(ctx, config, check, finding, isMuted));
  }
  await forgetOtherHealth(
    db,
    checks.map((check) => check.key),
  );
  await purgeHistory(ctx, config);
  await announceChange(db, "health");
  // A service that is down is what a check finds, not a check that failed: the next one comes in its time.
  return { words: resultWords(checked), failures: [] };
}

function listChecks(ctx: ServiceContext, config: Config): Check[] {
  const own = { address: null };
  return [
    ...listServiceProbes(config),
    {
      ...own,
      key: "queue",
      kind: "queue",
      name: "Queue",
      look: () => watchQueue(ctx, config),
    },
    { ...own, key: "workers", kind: "workers", name: "Workers", look: () => watchWorkers(ctx) },
    {
      key: "disk",
      kind: "disk",
      name: "Config folder",
      address: config.configDir,
      look: () => watchDisk(config),
    },
    ...config.instances.map(
      (instance): Check => ({
        ...own,
        key: `webhooks:${instance.key}`,
        kind: "webhooks",
        name: instance.name,
        look: () => watchWebhooks(ctx, config, instance),
      }),
    ),
  ];
}

async function record(
  ctx: ServiceContext,
  config: Config,
  check: Check,
  finding: Finding,
  isMuted: boolean,
): Promise<Checked> {
  const { key, kind, name } = check;
  const now = ctx.now();
  const rules = healthRules(kind, config.settings, isMuted);
  return ctx.database.db.transaction(async (tx) => {
    const before = await lockServiceHealth(tx, key);
    const { standing, news } = decideHealth(before, finding.kind, rules, now);
    const remedy = finding.kind === "ok" ? null : finding.remedy;
    const { words, latencyMs } = finding;
    await saveServiceHealth(tx, {
      key,
      name,
      ...standing,
      checkedAt: now,
      latencyMs,
      words,
      remedy,
    });
    if (news) {
      // How long it was down counts from the first state that was not fine.
      const since =
        news === "recovered" && before
          ? `for ${durationWords(now.getTime() - before.since.getTime())}`
          : clockWords(standing.since, now, config.timeZone);
      const thing = { kind, name, address: check.address, words, remedy, since };
      await tellAdmin(tx, config, newsOfCheck(thing, news), { title: name }, now);
    }
    if (before?.state !== standing.state) {
      ctx.log.info("health changed", { key, state: standing.state, words });
    }
    return { name, kind, state: standing.state };
  });
}

const portion = 1000;
const mostPortions = 20;
const day = 24 * 60 * 60_000;
const alertDays = 90;

/** Removes checks older than the settings keep, and old alerts, a portion at a time. */
async function purgeHistory(ctx: ServiceContext, { settings }: Config): Promise<void> {
  const { db } = ctx.database;
  const daysAgo = (days: number) => new Date(ctx.now().getTime() - days * day);
  await inPortions(() => purgeHealthEvents(db, daysAgo(settings.HEALTH_HISTORY_DAYS), portion));
  await inPortions(() => purgeAlertDeliveries(db, daysAgo(alertDays), portion));
}

async function inPortions(purge: () => Promise<number>): Promise<void> {
  for (let done = 0; done < mostPortions; done += 1) {
    if ((await purge()) < portion) return;
  }
}

function resultWords(checked: readonly Checked[]): string {
  const names = (state: HealthState) =>
    checked
      .filter((one) => one.state === state)
      .map(({ kind, name }) => (kind === "webhooks" ? `webhooks of ${name}` : name));
  const down = names("down");
  const degraded = names("degraded");
  const services = checked.filter(({ kind }) => isServiceKind(kind)).length;
  if (down.length + degraded.length === 0) {
    return services === 0 ? "No service is connected" : "Everything works";
  }
  return [
    ...(down.length > 0
      ? [`${listWords(down)} ${down.length === 1 ? "does" : "do"} not work`]
      : []),
    ...(degraded.length > 0
      ? [`${listWords(degraded)} ${degraded.length === 1 ? "has" : "have"} trouble`]
      : []),
  ].join(", ");
}
