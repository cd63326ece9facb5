import { z } from "zod";
import { readConfigEnv, writeConfigEnv } from "@/lib/config-file";
import {
  rangeWords,
  type SettingName,
  type Settings,
  settingDefinitions,
  settingSchema,
} from "@/lib/domain/settings";
import { announceChange } from "@/lib/store/changes";
import { putSettingText } from "@/lib/store/settings";
import type { ServiceContext } from "../context";
import { bareAddress } from "../mails/mail-addresses";
import { noteWebhookSecret } from "./webhook-secret-state";

/** Why one setting was not kept. */
export type SettingRefusal = { name: SettingName; words: string };

export type SettingsChange =
  | { kind: "kept"; names: SettingName[] }
  /** Nothing was kept, also not those that fit. */
  | { kind: "refused"; problems: SettingRefusal[] };

/** Whether a secret is only what a form shows in its place: saving that keeps the secret. */
export const isMask = (text: string): boolean => text.startsWith("••••");

/** Whether the environment gives a setting, so that nobody can change it here. */
export function isLocked(name: string, env: Partial<Record<string, string>>): boolean {
  return (env[name] ?? "") !== "" || (env[`${name}_FILE`] ?? "") !== "";
}

/**
 * Keeps settings where each belongs: the `.env` of the config folder or the database. An empty text takes one away, so
 * that its default counts. All or none: one that does not fit, or that the environment gives, refuses them all.
 */
export async function changeSettings(
  ctx: ServiceContext,
  changes: Partial<Record<SettingName, string>>,
  env: Partial<Record<string, string>>,
): Promise<SettingsChange> {
  const entries = (Object.entries(changes) as [SettingName, string][])
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([name, text]) => settingDefinitions[name].type !== "secret" || !isMask(text));
  const problems = entries.flatMap(([name, text]) => {
    const words = problemOf(name, text, env);
    return words ? [{ name, words }] : [];
  });
  const { configDir, settings } = await ctx.loadConfig();
  problems.push(...lentSecrets(settings, Object.fromEntries(entries), env));
  if (problems.length > 0) return { kind: "refused", problems };

  const inFile = readConfigEnv(configDir);
  // A line in the file counts before the database, so a setting that is in the file is changed there.
  const isInFile = (name: SettingName) =>
    settingDefinitions[name].kept === "file" || inFile[name] !== undefined;
  const toFile = entries.filter(([name]) => isInFile(name));
  // The file first: it may be read-only, and then nothing is to be kept.
  if (toFile.length > 0) {
    writeConfigEnv(
      configDir,
      Object.fromEntries(toFile.map(([name, text]) => [name, text || null])),
    );
  }
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    for (const [name, text] of entries) {
      if (!isInFile(name)) await putSettingText(tx, name, text || null, now);
    }
    const secret = entries.find(([name]) => name === "WEBHOOK_SECRET");
    if (secret) await noteWebhookSecret(tx, secret[1], now);
    await announceChange(tx, "settings");
  });
  return { kind: "kept", names: entries.map(([name]) => name) };
}

const networks: readonly SettingName[] = [
  "LOCAL_NETWORKS",
  "TRUSTED_PROXIES",
  "WEBHOOK_ALLOWED_IPS",
];
const mailboxes: readonly SettingName[] = ["SMTP_FROM", "ADMIN_EMAIL"];
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

function problemOf(
  name: SettingName,
  text: string,
  env: Partial<Record<string, string>>,
): string | null {
  const definition = settingDefinitions[name];
  if (isLocked(name, env)) {
    return `${definition.label} is set by the environment: change ${name} where BingeAlert is started`;
  }
  if (name === "AUTH_ENABLED") {
    return "Login is switched on and off under Sign-in and security, which makes sure that somebody can sign in";
  }
  if (/[\r\n\0]/.test(text)) return `${definition.label} has to be a single line`;
  if (text !== "" && !settingSchema(definition).safeParse(text).success) {
    return `${definition.label} is ${rangeWords(definition)}`;
  }
  if (text !== "" && mailboxes.includes(name) && bareAddress(text) === null) {
    return `${definition.label} is a mail address, or a name with one in angle brackets`;
  }
  if (name === "SMTP_HOST" && /[\s/@]|^[^:]+:\d+$/.test(text)) {
    return `${definition.label} is the name alone, without https:// and without the port`;
  }
  const parts = networks.includes(name) ? text.split(/[\s,;]+/) : [];
  const wrong = parts.find((part) => part !== "" && !network.safeParse(part).success);
  if (wrong !== undefined) {
    return `${definition.label}: ${wrong} is neither an address nor a network such as 192.168.1.0/24`;
  }
  return null;
}

/** Addresses, and the secret that is sent to each. */
const secretOf = {
  JELLYSEERR_URL: "JELLYSEERR_API_KEY",
  PLEX_URL: "PLEX_TOKEN",
  SMTP_HOST: "SMTP_PASSWORD",
  NTFY_URL: "NTFY_TOKEN",
  ALERT_WEBHOOK_URL: "ALERT_WEBHOOK_SECRET",
} as const satisfies Partial<Record<SettingName, SettingName>>;

/** A saved secret does not follow its address elsewhere: whoever changes the one has to know the other. */
function lentSecrets(
  settings: Settings,
  changes: Partial<Record<string, string>>,
  env: Partial<Record<string, string>>,
): SettingRefusal[] {
  const pairs = Object.entries(secretOf) as [keyof typeof secretOf, SettingName][];
  return pairs.flatMap(([name, secret]) => {
    const address = changes[name] ?? "";
    if (address === "" || settings[name] === "" || settings[secret] === "") return [];
    if (changes[secret] !== undefined) return [];
    if (placeOf(settings[name]) === placeOf(address)) return [];
    const { label } = settingDefinitions[secret];
    if (isLocked(secret, env)) {
      const words = `${label} is set by the environment and stays with its address: change both where BingeAlert is started`;
      return [{ name, words }];
    }
    return [
      { name: secret, words: `${label}: enter it as well, the saved one stays with its address` },
    ];
  });
}

/** What a secret belongs to: scheme, host and port of an address, or the name of a server. */
export const placeOf = (address: string): string =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).origin : address;
