import { downloadEpisodeWords, downloadWords } from "@/lib/domain/downloads";
import type { Instance } from "@/lib/domain/instance";
import { repairsNews, type StuckItem, stuckNews } from "@/lib/domain/stuck-news";
import { announceChange } from "@/lib/store/changes";
import { claimUntoldRepairs } from "@/lib/store/download-repairs";
import { claimAlert, claimNote, savePlan } from "@/lib/store/downloads";
import { insertTimeline } from "@/lib/store/timeline";
import { tellAdmin } from "../alerts/tell-admin";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { requestsOfDownload } from "./download-requests";
import type { PlannedDownload } from "./repair-downloads";

/** What a run found at one instance. */
export type Checked = { instance: Instance; planned: readonly PlannedDownload[] };

/** Where the admin looks at downloads. */
const downloadsPath = "/system";

/**
 * Says what the run found: on the timelines of the requests, and in one mail to the admin each for what is newly stuck
 * and what was replaced. What another release will cure is not worth a mail before. Returns how many are newly told.
 */
export async function tellStuck(
  ctx: ServiceContext,
  config: Config,
  checked: readonly Checked[],
): Promise<{ stuck: number; repaired: number }> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const stuck: StuckItem[] = [];
    const requestIds = new Set<number>();
    for (const { instance, planned } of checked) {
      for (const { row, verdict, plan } of planned) {
        const planWords = planSentence(plan);
        if (plan.kind !== "repair" && row.planWords !== planWords) {
          await savePlan(tx, row.id, planWords);
        }
        if (verdict.kind !== "stuck") continue;
        if (await claimNote(tx, row.id, row.troubleKey)) {
          const requests = await requestsOfDownload(tx, instance, row);
          const what = downloadEpisodeWords(row.episodes) ?? "the movie";
          await insertTimeline(
            tx,
            requests.map((request) => ({
              requestId: request.id,
              at: now,
              kind: "trouble" as const,
              code: "download_stuck",
              words: `Stuck in ${instance.name}: ${what}`,
              reason: [row.verdictWords, planWords].filter((part) => part !== null).join(". "),
              source: instance.name,
              dedupeKey: `stuck:${row.id}:${request.id}:${now.getTime()}`,
            })),
          );
          for (const request of requests) requestIds.add(request.id);
        }
        const isQuiet = plan.kind === "repair" || plan.kind === "strike";
        if (isQuiet || !(await claimAlert(tx, row.id, row.troubleKey, now))) continue;
        stuck.push({
          what: downloadWords(row),
          instanceName: instance.name,
          words: row.verdictWords,
          said: row.messages[0] ?? null,
          plan: planWords,
        });
      }
    }
    await refreshRequestStates(tx, [...requestIds], now);
    if (requestIds.size > 0) await announceChange(tx, "requests");
    const repairs = await claimUntoldRepairs(tx, now);
    const action = { path: downloadsPath, label: "Look at the downloads" };
    if (stuck.length > 0) {
      await tellAdmin(tx, config, stuckNews(stuck, action), { title: subjectTitle(stuck) }, now);
    }
    if (repairs.length > 0) {
      const items = repairs.map((repair) => ({
        what: downloadWords(repair),
        release: repair.title,
        instanceName: nameOf(config, repair.instanceKey),
        reason: repair.reason,
      }));
      await tellAdmin(tx, config, repairsNews(items, action), { title: subjectTitle(items) }, now);
    }
    return { stuck: stuck.length, repaired: repairs.length };
  });
}

/** What becomes of a download, as a sentence; null where nothing is to be said. */
function planSentence(plan: PlannedDownload["plan"]): string | null {
  switch (plan.kind) {
    case "notCurable":
      return null;
    case "leave":
      return `Another release could help. ${plan.because}`;
    case "strike":
      return plan.left === 1
        ? "Another release is searched if the next check finds the same"
        : `Another release is searched if ${plan.left} more checks find the same`;
    case "repair":
      return "Another release is searched";
  }
}

function subjectTitle(items: readonly { what: string }[]): string {
  const [first] = items;
  return items.length === 1 && first ? first.what : `${items.length} downloads`;
}

function nameOf({ instances }: Config, key: string): string {
  return instances.find((instance) => instance.key === key)?.name ?? key;
}
