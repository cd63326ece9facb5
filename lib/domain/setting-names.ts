import { settingDefinitions } from "./settings";

/** What is read besides the settings: how the process is started, and addresses that tests change. */
const further = [
  ...["CONFIG_DIR", "PORT", "HOSTNAME", "ROLE", "BASE_PATH", "TZ", "LOG_FORMAT", "APP_SECRET_KEY"],
  ...["DATABASE_URL", "DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME"],
  ...["ADMIN_USERNAME", "ADMIN_PASSWORD", "PUID", "PGID", "UMASK", "NODE_ENV", "NODE_OPTIONS"],
  ...["TMDB_IMAGE_URL", "PLEX_TV_URL", "PUSHOVER_API_URL", "TURNSTILE_VERIFY_URL"],
];
const known = new Set([...Object.keys(settingDefinitions), ...further]);
const ofInstance = /^(SONARR|RADARR)(_[A-Z0-9]+)*_(URL|API_KEY|NAME|IS_4K)$/;

/** The names in a file of settings that nothing reads: mistyped, or of something else. */
export function namesNothingReads(names: readonly string[]): string[] {
  return names.filter((name) => {
    const plain = name.replace(/_FILE$/, "");
    return !known.has(plain) && !ofInstance.test(plain);
  });
}
