import { randomBytes } from "node:crypto";
import type { SettingName } from "@/lib/domain/settings";
import { AppError } from "@/lib/errors";
import type { ServiceContext } from "../context";
import { changeSettings } from "./change-settings";

/** The settings this part of the dashboard changes. */
export const securitySettingNames = [
  "SESSION_TIMEOUT_HOURS",
  "PUBLIC_BASE_URL",
  "LOCAL_NETWORKS",
  "TRUSTED_PROXIES",
  "ALLOWED_HOSTS",
  "TURNSTILE_SITE_KEY",
  "TURNSTILE_SECRET_KEY",
  "WEBHOOK_SECRET",
  "WEBHOOK_ALLOWED_IPS",
  "METRICS_TOKEN",
] as const satisfies readonly SettingName[];

export type SecuritySettingName = (typeof securitySettingNames)[number];

/** Keeps settings of security. Throws `conflict` in words when one of them cannot be kept; then none is. */
export async function changeSecurity(
  ctx: ServiceContext,
  changes: Partial<Record<SecuritySettingName, string>>,
  env: Partial<Record<string, string>>,
): Promise<void> {
  const result = await changeSettings(ctx, changes, env);
  if (result.kind === "refused") {
    throw new AppError("conflict", result.problems.map(({ words }) => words).join(". "));
  }
}

/** A webhook secret nobody guesses, of signs every sender can carry. */
export const makeWebhookSecret = (): string => randomBytes(24).toString("base64url");
