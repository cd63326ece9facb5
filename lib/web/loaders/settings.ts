import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { type SettingName, settingDefinitions, settingSections } from "@/lib/domain/settings";
import {
  type InstanceFieldsView,
  type ServicesView,
  type SettingSection,
  type SettingsIndexView,
  type SettingsSectionView,
  sectionLeads,
} from "@/lib/domain/views/settings";
import { instancePrefix } from "@/lib/services/settings/change-instance";
import { isLocked } from "@/lib/services/settings/change-settings";
import { webContext } from "../service-context";
import { requireViewer } from "../viewer";
import { webhookBaseGuess } from "../webhook-base";
import { secretHint, settingField } from "./setting-fields";

/** Sections with a page of their own. */
const ownPages: Partial<Record<SettingSection, true>> = { services: true, security: true };

const allNames = Object.keys(settingDefinitions) as SettingName[];
const allSections = Object.keys(settingSections) as SettingSection[];

/** Connections first: nothing works without them. */
const sections: SettingSection[] = [
  "services",
  ...allSections.filter((section) => section !== "services"),
];

const hrefOf = (section: SettingSection) => `/settings/${section}` as const;

/** The list of sections, and every setting for the search. */
export const loadSettingsIndex = cache(async (): Promise<SettingsIndexView> => {
  await requireViewer();
  return {
    sections: sections.map((section) => ({
      href: hrefOf(section),
      title: settingSections[section],
    })),
    settings: allNames.map((name) => {
      const { label, help, section } = settingDefinitions[name];
      const anchor = ownPages[section] ? "" : `#${name}`;
      return {
        href: `${hrefOf(section)}${anchor}`,
        label,
        name,
        help,
        section: settingSections[section],
      };
    }),
  };
});

/** The settings of one section; null when there is none of that name. */
export async function loadSettingsSection(name: string): Promise<SettingsSectionView | null> {
  await requireViewer();
  const section = allSections.find((one) => one === name && !ownPages[one]);
  if (!section) return null;
  const config = await webContext().loadConfig();
  return {
    section,
    title: settingSections[section],
    lead: sectionLeads[section] ?? "Changes apply to the next job. Nothing restarts.",
    fields: allNames
      .filter((setting) => settingDefinitions[setting].section === section)
      .map((setting) => settingField(config, setting)),
  };
}

/** Seerr, Plex and every Sonarr and Radarr. */
export async function loadServices(): Promise<ServicesView> {
  await requireViewer();
  const config = await webContext().loadConfig();
  const ordered = (["sonarr", "radarr"] as const).flatMap((kind) =>
    config.instances.filter((instance) => instance.kind === kind),
  );
  const instances = ordered.map((instance): InstanceFieldsView => {
    const variable = `${instancePrefix(instance.key)}_URL`;
    return {
      key: instance.key,
      kind: instance.kind,
      name: instance.name,
      url: instance.url,
      isFourK: instance.isFourK,
      secretHint: secretHint(instance.apiKey),
      lockedBy: isLocked(variable, process.env) ? variable : null,
    };
  });
  return {
    seerr: {
      service: "seerr",
      url: settingField(config, "JELLYSEERR_URL"),
      secret: settingField(config, "JELLYSEERR_API_KEY"),
    },
    plex: {
      service: "plex",
      url: settingField(config, "PLEX_URL"),
      secret: settingField(config, "PLEX_TOKEN"),
    },
    instances,
    webhookBase: webhookBaseGuess(config, await headers()),
  };
}
