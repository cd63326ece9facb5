import { readFileSync } from "node:fs";
import { readConfigEnv } from "@/lib/config-file";
import type { BatchTiming } from "@/lib/domain/batching";
import { type Instance, type InstanceProblem, readInstances } from "@/lib/domain/instance";
import { namesNothingReads } from "@/lib/domain/setting-names";
import {
  parseSettings,
  type SettingProblem,
  type Settings,
  settingDefinitions,
} from "@/lib/domain/settings";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { listSettingTexts } from "@/lib/store/settings";

/** Everything that is configured, as it is now. */
export type Config = {
  settings: Settings;
  instances: Instance[];
  /** Signs links in mails. */
  secretKey: string;
  /** The server's time zone, for words and mails. */
  timeZone: string;
  configDir: string;
  /** Where TMDB serves its pictures. */
  tmdbImageUrl: string;
  /** Where Pushover takes its messages. */
  pushoverUrl: string;
  /** Where Turnstile's answers are checked. */
  turnstileVerifyUrl: string;
  /** Where people sign in to Plex; another one for tests only. */
  plexTvUrl: string;
  /** AUTH_ENABLED as it is written somewhere; undefined when it is nowhere. */
  writtenLogin: string | undefined;
  problems: (SettingProblem | InstanceProblem)[];
};

/**
 * Reads settings from the environment, then the `.env` of the config folder, then the database: the first that has a
 * name wins.
 */
export async function loadConfig(
  executor: Executor,
  source: { env: Partial<Record<string, string>>; configDir: string },
): Promise<Config> {
  const stored = await listSettingTexts(executor);
  const inFile = readConfigEnv(source.configDir);
  const texts = { ...stored, ...nonEmpty(inFile), ...fromEnvironment(source.env) };
  const config = understand(texts);
  const unread = namesNothingReads(Object.keys(inFile)).map((name) => ({
    name,
    words: `${name} in the .env of the config folder is no setting; .env.example has all of them`,
  }));
  return { ...config, problems: [...config.problems, ...unread], configDir: source.configDir };
}

/** The key that signs links, without asking the database: a forged link is refused before that. */
export function readSecretKey(source: {
  env: Partial<Record<string, string>>;
  configDir: string;
}): string {
  const { APP_SECRET_KEY, APP_SECRET_KEY_FILE } = source.env;
  const given = fromEnvironment({
    ...(APP_SECRET_KEY ? { APP_SECRET_KEY } : {}),
    ...(APP_SECRET_KEY_FILE ? { APP_SECRET_KEY_FILE } : {}),
  });
  return given.APP_SECRET_KEY ?? readConfigEnv(source.configDir).APP_SECRET_KEY ?? "";
}

let understood: { key: string; config: Omit<Config, "configDir"> } | null = null;

/** What the texts mean. Every job asks, and the texts hardly ever differ: the last answer is kept. */
function understand(texts: Record<string, string>): Omit<Config, "configDir"> {
  const key = JSON.stringify(texts);
  if (understood?.key === key) return understood.config;
  const { settings, problems } = parseSettings(texts);
  const found = readInstances(texts);
  const config = {
    settings,
    instances: found.instances,
    secretKey: texts.APP_SECRET_KEY ?? "",
    timeZone: validTimeZone(texts.TZ),
    tmdbImageUrl: texts.TMDB_IMAGE_URL ?? "https://image.tmdb.org",
    turnstileVerifyUrl:
      texts.TURNSTILE_VERIFY_URL ?? "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    plexTvUrl: texts.PLEX_TV_URL ?? "https://plex.tv",
    writtenLogin: texts.AUTH_ENABLED,
    pushoverUrl: texts.PUSHOVER_API_URL ?? "https://api.pushover.net",
    problems: [...problems, ...found.problems],
  };
  understood = { key, config };
  return config;
}

/** The variables of the environment; `NAME_FILE` names a file that holds the value, as Docker secrets do. */
function fromEnvironment(env: Partial<Record<string, string>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(nonEmpty(env))) {
    if (!name.endsWith("_FILE")) texts[name] = value;
    else if (isSettingLike(name))
      texts[name.slice(0, -"_FILE".length)] ??= readSecretFile(name, value);
  }
  return texts;
}

const isSettingLike = (name: string) =>
  Object.hasOwn(settingDefinitions, name.slice(0, -"_FILE".length)) ||
  /_(KEY|TOKEN|PASSWORD|SECRET|URL)_FILE$/.test(name);

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new AppError("not_configured", `${name} names ${path}, which cannot be read`, {
      cause: error,
    });
  }
}

function nonEmpty(texts: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => (entry[1] ?? "") !== ""),
  );
}

function validTimeZone(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name || "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

const isPlexConnected = (settings: Settings) =>
  settings.PLEX_URL !== "" && settings.PLEX_TOKEN !== "";

/** The batching settings in milliseconds. */
export function batchTiming(settings: Settings): BatchTiming {
  return {
    initialDelayMs: settings.NOTIFICATION_INITIAL_DELAY_SECONDS * 1000,
    extensionMs: settings.NOTIFICATION_EXTENSION_DELAY_SECONDS * 1000,
    maxWaitMs: settings.NOTIFICATION_MAX_WAIT_SECONDS * 1000,
    checkEveryMs: settings.NOTIFICATION_CHECK_FREQUENCY_SECONDS * 1000,
    movieFirstCheckMs: settings.MOVIE_FIRST_CHECK_SECONDS * 1000,
    deadlineMs: settings.PLEX_DEADLINE_HOURS * 60 * 60 * 1000,
    gate: isPlexConnected(settings) ? "plex" : "timer",
  };
}

/** Throws what the admin has to do when Seerr is not configured. */
export function requireSeerr(config: Config): { url: string; apiKey: string } {
  const { JELLYSEERR_URL: url, JELLYSEERR_API_KEY: apiKey } = config.settings;
  if (url === "" || apiKey === "") {
    throw new AppError(
      "not_configured",
      "Seerr is not connected: set JELLYSEERR_URL and JELLYSEERR_API_KEY",
    );
  }
  return { url, apiKey };
}
