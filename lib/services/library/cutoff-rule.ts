import type { Instance } from "@/lib/domain/instance";
import type { CutoffRule } from "@/lib/domain/quality";
import type { Settings } from "@/lib/domain/settings";
import type { QualityProfile } from "@/lib/domain/upstream";
import type { Config } from "../load-config";
import { radarrOf, sonarrOf } from "../upstreams";

/** Every file counts as it is. */
export const nothingHeld: CutoffRule = { hold: false, profiles: [] };

/** Whether files below the cutoff are held back. Without the monitor nobody would say why, so nothing is. */
export function holdsUntilCutoff(settings: Settings): boolean {
  return settings.QUALITY_MONITOR_ENABLED && settings.QUALITY_HOLD_UNTIL_CUTOFF;
}

/**
 * Which files of an instance are held until their cutoff. Its profiles are only read when the setting asks for it.
 * Throws UpstreamError.
 */
export async function readCutoffRule(
  config: Pick<Config, "settings">,
  instance: Instance,
): Promise<CutoffRule> {
  if (!holdsUntilCutoff(config.settings)) return nothingHeld;
  return { hold: true, profiles: await readProfiles(instance) };
}

/** The quality profiles of an instance. Throws UpstreamError. */
export function readProfiles(instance: Instance): Promise<QualityProfile[]> {
  const client = instance.kind === "radarr" ? radarrOf(instance) : sonarrOf(instance);
  return client.qualityProfiles();
}
