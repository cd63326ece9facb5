import type { Config } from "./load-config";

/** The address of a page of the dashboard; null when BingeAlert has no public address. */
export function dashboardLink(config: Pick<Config, "settings">, path: string): string | null {
  const base = config.settings.PUBLIC_BASE_URL.replace(/\/+$/, "");
  return base === "" ? null : `${base}${path}`;
}
