import "server-only";
import type { z } from "zod";
import {
  type SettingDefinition,
  type SettingName,
  settingDefinitions,
} from "@/lib/domain/settings";
import { AppError } from "@/lib/errors";
import { changeSettings, isLocked } from "@/lib/services/settings/change-settings";
import { forgetAccess } from "../../access-settings";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getSettings, patchSettings } from "../contracts/settings";

export const settingList = apiRoute(getSettings, () => readSettings());

export const settingChange = apiRoute(patchSettings, async ({ body, byKey, note }) => {
  const names = Object.keys(body) as SettingName[];
  const access = names.filter((name) => settingDefinitions[name].section === "security");
  if (byKey && access.length > 0) {
    const words = `No API key changes who gets in, as that would outlive the key: ${access.join(", ")}`;
    throw new AppError("forbidden", words);
  }
  const before = (await webContext().loadConfig()).settings;
  const result = await changeSettings(webContext(), body, process.env);
  if (result.kind === "refused") {
    const words = result.problems.map((problem) => problem.words).join(". ");
    const code = result.problems.every(({ name }) => isLocked(name, process.env))
      ? "conflict"
      : "bad_request";
    throw new AppError(code, words);
  }
  // Who gets in may be among them.
  forgetAccess();
  note({
    subject: names.join(", "),
    before: Object.fromEntries(names.map((name) => [name, String(before[name])])),
  });
  return readSettings();
});

async function readSettings(): Promise<z.input<typeof getSettings.response>> {
  const { settings } = await webContext().loadConfig();
  const entries = Object.entries(settingDefinitions) as [SettingName, SettingDefinition][];
  return {
    settings: entries.map(([name, { section, label, help, type, default: usual }]) => {
      const value = String(settings[name]);
      return {
        name,
        section,
        label,
        help,
        type,
        value: type === "secret" ? null : type === "url" ? withoutPassword(value) : value,
        isSet: value !== String(usual),
        default: String(usual),
        isLocked: isLocked(name, process.env),
      };
    }),
  };
}

/** An address may carry a password; a key that only reads is not to see it. */
function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === "") return address;
  url.password = "••••";
  return decodeURI(url.href);
}
