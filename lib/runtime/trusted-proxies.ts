import { loadConfigEnv } from "./config-folder";
import { givenSettings } from "./given-settings";

/**
 * TRUSTED_PROXIES as it is written at this moment: in the environment, else in the `.env` of the config folder. Nobody
 * is trusted when that cannot be read.
 */
export function readTrustedProxies(): string {
  try {
    const configEnv = loadConfigEnv(process.env.CONFIG_DIR ?? "./config");
    return givenSettings(process.env, configEnv)("TRUSTED_PROXIES") ?? "";
  } catch {
    return "";
  }
}
