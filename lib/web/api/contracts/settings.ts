import { z } from "zod";
import { type SettingName, settingDefinitions } from "@/lib/domain/settings";
import { endpoint } from "../endpoint";

const names = Object.keys(settingDefinitions) as [SettingName, ...SettingName[]];

const setting = z
  .strictObject({
    name: z.enum(names).meta({ id: "SettingName" }),
    section: z.string(),
    label: z.string(),
    help: z.string(),
    type: z.enum(["integer", "boolean", "text", "secret", "url", "color", "list", "choice"]),
    value: z
      .string()
      .nullable()
      .meta({ description: "As it is written in the environment; null for a secret" }),
    isSet: z.boolean().meta({
      description: "Whether it differs from its default; for secrets, whether there is one",
    }),
    default: z.string(),
    isLocked: z
      .boolean()
      .meta({ description: "Given by the environment: it cannot be changed here" }),
  })
  .meta({ id: "Setting" });

const settingList = z.strictObject({ settings: z.array(setting) });

export const getSettings = endpoint({
  method: "get",
  path: "/settings",
  tag: "Settings",
  summary: "Every setting with its value",
  description: "Secrets are never given: only whether there is one.",
  response: settingList,
});

export const patchSettings = endpoint({
  method: "patch",
  path: "/settings",
  tag: "Settings",
  summary: "Change settings",
  description:
    "All of them or none. An empty text takes a setting away, so that its default counts. Nothing restarts. Those of the section `security` say who gets in: no API key changes them, as that would outlive the key.",
  body: z.partialRecord(z.enum(names), z.string().max(4000)),
  response: settingList,
  refusals: { 409: "The environment gives one of them" },
});
