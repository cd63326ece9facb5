import { expect, test } from "vitest";
import { isConnectionSetting } from "@/lib/domain/connection-settings";

test.each(["JELLYSEERR_URL", "SMTP_HOST", "SONARR_ANIME_URL", "RADARR_NAME", "PUBLIC_BASE_URL"])(
  "%s goes along with a backup",
  (name) => {
    expect(isConnectionSetting(name)).toBe(true);
  },
);

test.each([
  ...["PLEX_TOKEN", "SONARR_API_KEY", "DISCORD_WEBHOOK_URL", "APP_SECRET_KEY", "DATABASE_URL"],
  ...["AUTH_ENABLED", "LOCAL_NETWORKS", "TRUSTED_PROXIES", "ALLOWED_HOSTS", "TURNSTILE_SITE_KEY"],
  ...["WEBHOOK_ALLOWED_IPS", "TURNSTILE_VERIFY_URL", "NODE_OPTIONS", "constructor"],
])("%s does not: it is secret, or decides who gets in", (name) => {
  expect(isConnectionSetting(name)).toBe(false);
});
