import type { RunName } from "@/lib/queue/catalog";
import type { JobRun } from "@/lib/store/job-runs";
import type { Config } from "../load-config";

const hour = 60 * 60 * 1000;

/** How often a worker runs by itself, in milliseconds; null: not with these settings. */
export function runIntervalMs(
  name: RunName,
  { settings, instances }: Pick<Config, "settings" | "instances">,
): number | null {
  switch (name) {
    case "reconcile":
      return settings.JELLYSEERR_URL === "" ? null : settings.RECONCILIATION_INTERVAL_HOURS * hour;
    case "review-quality":
      return settings.QUALITY_MONITOR_ENABLED && settings.JELLYSEERR_URL !== ""
        ? settings.QUALITY_MONITOR_INTERVAL_HOURS * hour
        : null;
    case "check-health":
      return settings.HEALTH_CHECK_INTERVAL_MINUTES * 60 * 1000;
    case "check-stuck":
      return settings.STUCK_MONITOR_ENABLED && instances.length > 0
        ? settings.STUCK_MONITOR_INTERVAL_MINUTES * 60 * 1000
        : null;
    case "backup":
      return settings.BACKUP_INTERVAL_HOURS === 0 ? null : settings.BACKUP_INTERVAL_HOURS * hour;
    case "read-calendar":
      return instances.length > 0 ? hour / 2 : null;
    case "clean-up":
      return 24 * hour;
    case "refresh-plex":
      return settings.PLEX_URL === "" ? null : 24 * hour;
    // It runs when a week is over, not after an interval.
    case "weekly-summary":
    // Both are part of each reconciliation.
    case "sync-users":
    case "sync-requests":
      return null;
  }
}

/** A run that failed or was cut off is tried again soon: Seerr may only have started after us. */
const retryMs = 5 * 60 * 1000;

/** How long after its last beginning a worker begins again, in milliseconds. */
export function runPauseMs(
  name: RunName,
  last: Pick<JobRun, "outcome">,
  intervalMs: number,
): number {
  if (last.outcome === "ok") return intervalMs;
  // A backup that failed wants room on a disk or a human: not every few minutes.
  return name === "backup" ? hour : retryMs;
}
