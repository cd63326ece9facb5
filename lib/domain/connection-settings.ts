import { type SettingDefinition, settingDefinitions } from "./settings";

const instanceAddress = /^(SONARR|RADARR)(_[A-Z0-9]+)*_(URL|NAME)$/;
const definitions: Partial<Record<string, SettingDefinition>> = settingDefinitions;

/**
 * Whether a name of the `.env` goes into a backup and comes back from one: where the services are and how things look.
 * Never a secret, and never who gets in: a file from elsewhere must not decide that.
 */
export function isConnectionSetting(name: string): boolean {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (!definition) return instanceAddress.test(name);
  if (definition.type === "secret") return false;
  return definition.section !== "security" || name === "PUBLIC_BASE_URL";
}
