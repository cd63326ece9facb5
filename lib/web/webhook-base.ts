import "server-only";
import { networkInterfaces } from "node:os";
import { basePath } from "@/lib/base-path";
import { guessWebhookBase } from "@/lib/domain/webhook-install";
import { getEnvironment } from "@/lib/env";
import type { Config } from "@/lib/services/load-config";
import { publicAddress } from "@/lib/services/public-address";
import { isHttps, requestHost } from "./same-origin";

/** The address at which the services probably reach us, from the settings and what the browser used. */
export function webhookBaseGuess(
  { settings, instances }: Pick<Config, "settings" | "instances">,
  sent: { get: (name: string) => string | null },
): string {
  const { PUBLIC_BASE_URL: publicBaseUrl, JELLYSEERR_URL: seerr } = settings;
  const host = requestHost(sent);
  const scheme = isHttps(sent, publicBaseUrl) ? "https" : "http";
  return guessWebhookBase({
    publicAddress: publicAddress({ settings }),
    basePath,
    serviceUrls: [...(seerr === "" ? [] : [seerr]), ...instances.map(({ url }) => url)],
    seenAs: host === null ? null : `${scheme}://${host}`,
    ownAddress: ownAddress(),
    port: getEnvironment().PORT,
  });
}

function ownAddress(): string | null {
  const all = Object.values(networkInterfaces()).flat();
  return all.find((one) => one && one.family === "IPv4" && !one.internal)?.address ?? null;
}
