import "server-only";
import { adminEventWords } from "@/lib/domain/admin-news";
import {
  type SettingDefinition,
  type SettingName,
  settingDefinitions,
} from "@/lib/domain/settings";
import { rangeAndDefault, type SettingFieldView } from "@/lib/domain/views/settings";
import type { Config } from "@/lib/services/load-config";
import { isLocked } from "@/lib/services/settings/change-settings";

/** A setting as the form shows it. A secret never leaves the server: only whether it is set. */
export function settingField({ settings }: Config, name: SettingName): SettingFieldView {
  const definition: SettingDefinition = settingDefinitions[name];
  const value = String(settings[name]);
  const isSecret = definition.type === "secret";
  return {
    name,
    type: definition.type,
    label: definition.label,
    help: definition.help,
    unit: definition.type === "integer" ? definition.unit : "",
    range: definition.type === "integer" ? rangeAndDefault(definition) : "",
    choices: choicesOf(definition),
    value: isSecret ? "" : value,
    defaultValue: String(definition.default),
    isLocked: isLocked(name, process.env),
    secretHint: isSecret && value !== "" ? secretHint(value) : null,
  };
}

/** Dots, and the last signs of a secret long enough not to be guessed from them. */
export const secretHint = (secret: string): string =>
  `••••••••${secret.length >= 16 ? secret.slice(-4) : ""}`;

function choicesOf(definition: SettingDefinition): SettingFieldView["choices"] {
  if (definition.type === "choice") {
    const words: Partial<Record<string, string>> = definition.choiceWords ?? {};
    return definition.choices.map((value) => ({ value, label: words[value] ?? value }));
  }
  if (definition.type === "list" && definition.options) {
    const words: Partial<Record<string, string>> = adminEventWords;
    return definition.options.map((value) => ({ value, label: words[value] ?? value }));
  }
  return [];
}
