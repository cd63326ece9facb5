import type { SettingDefinition, SettingName, settingSections } from "../settings";
import { countWords } from "./count-words";

export type SettingSection = keyof typeof settingSections;

/** One setting as the form shows it; texts as they are written in the environment. */
export type SettingFieldView = {
  name: SettingName;
  type: SettingDefinition["type"];
  label: string;
  help: string;
  unit: string;
  /** "0 to 1 800 seconds, default 420"; empty where there is no range. */
  range: string;
  choices: { value: string; label: string }[];
  /** Never a secret. */
  value: string;
  defaultValue: string;
  /** Given by the environment, so not to be changed here. */
  isLocked: boolean;
  /** For secrets: the last signs of a long one, or that it is set. */
  secretHint: string | null;
};

export type SettingsSectionView = {
  section: SettingSection;
  title: string;
  /** What the settings of this section are for, in one sentence. */
  lead: string;
  fields: SettingFieldView[];
};

export type SettingsIndexView = {
  sections: { href: string; title: string }[];
  /** For the search across all settings. */
  settings: { href: `/${string}`; label: string; name: string; help: string; section: string }[];
};

/** `1 to 168 hours, default 24`: no line ends between a figure and what it belongs to. */
export function rangeAndDefault(
  definition: Extract<SettingDefinition, { type: "integer" }>,
): string {
  const { min, max, unit, default: usual } = definition;
  const range = `${countWords(min)} to ${countWords(max)} ${unit}`.trimEnd();
  return [range, `default ${countWords(usual)}`]
    .map((words) => words.replaceAll(" ", "\u00a0"))
    .join(", ");
}

/** A card of its own begins at each of these, with this title. */
const cardTitles: Partial<Record<SettingName, string>> = {
  SMTP_HOST: "Mail server",
  SMTP_FROM: "Mails",
  ALERT_EMAIL_EVENTS: "E-mail",
  ALERT_WEBHOOK_URL: "Webhook",
  DISCORD_WEBHOOK_URL: "Discord",
  SLACK_WEBHOOK_URL: "Slack",
  NTFY_URL: "ntfy",
  PUSHOVER_TOKEN: "Pushover",
  HEALTH_CHECK_INTERVAL_MINUTES: "What is watched, and how closely",
  BACKUP_INTERVAL_HOURS: "Backups",
  RETENTION_MAIL_BODY_DAYS: "How long things are kept",
};

/** The settings of a section as one card for each topic, in their order; a section of one topic needs no title. */
export function settingCards(
  fields: readonly SettingFieldView[],
): { title: string | null; fields: SettingFieldView[] }[] {
  const cards: { title: string | null; fields: SettingFieldView[] }[] = [];
  for (const field of fields) {
    const title = cardTitles[field.name];
    const open = cards.at(-1);
    if (open && title === undefined) open.fields.push(field);
    else cards.push({ title: title ?? null, fields: [field] });
  }
  return cards;
}

/** A Sonarr or Radarr as the form shows it. */
export type InstanceFieldsView = {
  /** `sonarr`, `sonarr-anime`. */
  key: string;
  kind: "sonarr" | "radarr";
  name: string;
  url: string;
  isFourK: boolean;
  secretHint: string | null;
  /** The variable that gives its address, when the environment does. */
  lockedBy: string | null;
};

export type ServiceFieldsView = {
  service: "seerr" | "plex";
  url: SettingFieldView;
  secret: SettingFieldView;
};

export type ServicesView = {
  seerr: ServiceFieldsView;
  plex: ServiceFieldsView;
  instances: InstanceFieldsView[];
  /** The address at which they probably reach us. */
  webhookBase: string;
};

/** What a test of a connection came to. */
export type ConnectionTestView =
  | { kind: "works"; words: string; detail: string }
  | {
      kind: "failed";
      words: string;
      remedy: string | null;
      /** What was asked and what came back, to be copied. */
      evidence?: string | null;
    };

/** What came of installing a webhook. */
export type WebhookInstallView =
  | { kind: "proven"; words: string; detail: string }
  | { kind: "silent" | "occupied" | "refused"; words: string; remedy: string | null };

/** What each section is for; nothing of it needs a restart. */
export const sectionLeads: Partial<Record<SettingSection, string>> = {
  batching: "When a mail leaves, so that a season that arrives in one evening is one mail.",
  mail: "How mails leave. Changes apply to the next one.",
  appearance: "What your people see at the top of each mail.",
  quality: "What people hear while they wait.",
  issues: "What happens when somebody reports a bad file in Seerr.",
  reconciliation: "How what no webhook reported is found and made up for.",
  weekly: "What you get every Sunday.",
  downloads: "When a download counts as stuck, and what may be done about it.",
  alerts: "Where news for you goes besides the dashboard.",
  backups: "How often everything is saved, and how long old things are kept.",
} as Partial<Record<string, string>>;
