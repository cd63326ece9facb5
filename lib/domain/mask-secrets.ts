import { type SettingDefinition, settingDefinitions } from "./settings";

const definitions: Partial<Record<string, SettingDefinition>> = settingDefinitions;
const secretName = /token|secret|password|passwd|api[-_]?key|authorization|cookie|hash/i;

/** By its words, or a setting that is one although its name does not say so: `DISCORD_WEBHOOK_URL`. */
const isSecret = (name: string) =>
  secretName.test(name) ||
  (Object.hasOwn(definitions, name) && definitions[name]?.type === "secret");

/** A password in an address. */
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]*@/gi;

/** A copy fit for keeping: values of secret names are masked, texts are shortened, depth is limited. */
export function maskSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === "string") {
    // PostgreSQL stores neither NUL nor lone surrogates.
    const text = new TextDecoder()
      .decode(new TextEncoder().encode(value))
      .replaceAll("\0", "")
      .replace(userInfo, "$1:•••@");
    return text.length > 500 ? `${text.slice(0, 500)}…` : text;
  }
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value !== "object") return value ?? null;
  if (depth >= 5) return "…";
  if (Array.isArray(value)) {
    return value.slice(0, 100).map((item) => maskSecrets(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [
        name,
        isSecret(name) && item !== null && item !== "" && typeof item !== "boolean"
          ? "•••"
          : maskSecrets(item, depth + 1),
      ]),
  );
}
