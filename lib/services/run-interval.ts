import type { RunName } from "@/lib/queue/catalog";
import type { Config } from "./load-config";

const hour = 60 * 60 * 1000;

/** How often a worker runs by itself, in milliseconds; null: not with these settings. */
export function runIntervalMs(
  name: RunName,
  { settings }: Pick<Config, "settings">,
): number | null {
  switch (name) {
    case "reconcile":
      return settings.JELLYSEERR_URL === "" ? null : settings.RECONCILIATION_INTERVAL_HOURS * hour;
    case "refresh-plex":
      return settings.PLEX_URL === "" ? null : 24 * hour;
    // Both are part of each reconciliation.
    case "sync-users":
    case "sync-requests":
      return null;
  }
}
