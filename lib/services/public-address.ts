import { basePath } from "@/lib/base-path";
import { publicAddressOf } from "@/lib/domain/public-address";
import type { Config } from "./load-config";

/** The address at which people reach BingeAlert, without a slash at its end; null when it has none. */
export function publicAddress({ settings }: Pick<Config, "settings">): string | null {
  return publicAddressOf(settings.PUBLIC_BASE_URL, basePath);
}

/** The address of a page of the dashboard, by its path; null when BingeAlert has no public address. */
export function dashboardLink(config: Pick<Config, "settings">, path: string): string | null {
  const base = publicAddress(config);
  return base && `${base}${path}`;
}
