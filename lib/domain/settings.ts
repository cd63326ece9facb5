import { z } from "zod";

/**
 * Every setting, once: what it is called, what it may hold, where it is kept and what it means. The reader, the
 * form, the API and the reference table all come from here. Names are those of the environment.
 */

export const settingSections = {
  batching: "Smart batching",
  mail: "E-mail",
  appearance: "Appearance of mails",
  reconciliation: "Reconciliation",
  services: "Connected services",
  security: "Security",
} as const;

type Common = {
  section: keyof typeof settingSections;
  label: string;
  help: string;
  /** Connections and secrets live in the `.env` of the config folder, everything else in the database. */
  kept: "file" | "database";
};

type IntegerSetting = Common & {
  type: "integer";
  default: number;
  min: number;
  max: number;
  unit: string;
};
type TextSetting = Common & { type: "text" | "secret" | "url" | "list"; default: string };
type ChoiceSetting = Common & { type: "choice"; default: string; choices: readonly string[] };
type BooleanSetting = Common & { type: "boolean"; default: boolean };
export type SettingDefinition = IntegerSetting | TextSetting | ChoiceSetting | BooleanSetting;

export const settingDefinitions = {
  NOTIFICATION_INITIAL_DELAY_SECONDS: {
    type: "integer",
    default: 420,
    min: 0,
    max: 1800,
    unit: "seconds",
    section: "batching",
    kept: "database",
    label: "Initial delay",
    help: "How long a mail waits after its first episode, so that others can join and Plex can catch up.",
  },
  NOTIFICATION_EXTENSION_DELAY_SECONDS: {
    type: "integer",
    default: 180,
    min: 0,
    max: 600,
    unit: "seconds",
    section: "batching",
    kept: "database",
    label: "Extension",
    help: "Each further episode keeps the mail back at least this long.",
  },
  NOTIFICATION_MAX_WAIT_SECONDS: {
    type: "integer",
    default: 1200,
    min: 0,
    max: 3600,
    unit: "seconds",
    section: "batching",
    kept: "database",
    label: "Longest wait",
    help: "A mail leaves this long after its first episode at the latest, with what can be played by then.",
  },
  NOTIFICATION_CHECK_FREQUENCY_SECONDS: {
    type: "integer",
    default: 60,
    min: 1,
    max: 300,
    unit: "seconds",
    section: "batching",
    kept: "database",
    label: "Check frequency",
    help: "How often Plex is asked about what it does not show yet.",
  },
  MOVIE_FIRST_CHECK_SECONDS: {
    type: "integer",
    default: 30,
    min: 0,
    max: 600,
    unit: "seconds",
    section: "batching",
    kept: "database",
    label: "First look for a movie",
    help: "How long after its import Plex is first asked about a movie.",
  },
  PLEX_DEADLINE_HOURS: {
    type: "integer",
    default: 24,
    min: 1,
    max: 168,
    unit: "hours",
    section: "batching",
    kept: "database",
    label: "Plex deadline",
    help: "When Plex does not show an imported file by then, the admin is told instead of the requester.",
  },
  SMTP_HOST: {
    type: "text",
    default: "",
    section: "mail",
    kept: "file",
    label: "Server",
    help: "Name of the mail server, such as smtp.example.net.",
  },
  SMTP_PORT: {
    type: "integer",
    default: 587,
    min: 1,
    max: 65535,
    unit: "",
    section: "mail",
    kept: "file",
    label: "Port",
    help: "Usually 587 with STARTTLS, 465 with SSL, 25 without either.",
  },
  SMTP_SECURITY: {
    type: "choice",
    default: "starttls",
    choices: ["starttls", "ssl", "none"],
    section: "mail",
    kept: "file",
    label: "Security",
    help: "How the connection is protected.",
  },
  SMTP_USER: {
    type: "text",
    default: "",
    section: "mail",
    kept: "file",
    label: "User",
    help: "Empty when the server asks for no login.",
  },
  SMTP_PASSWORD: {
    type: "secret",
    default: "",
    section: "mail",
    kept: "file",
    label: "Password",
    help: "For Gmail an app password, not the password of the account.",
  },
  SMTP_FROM: {
    type: "text",
    default: "",
    section: "mail",
    kept: "file",
    label: "From",
    help: "Sender of all mails: an address, or a name with an address in angle brackets.",
  },
  ADMIN_EMAIL: {
    type: "text",
    default: "",
    section: "mail",
    kept: "file",
    label: "Admin address",
    help: "Where news for the admin goes. Empty: to the sender's own address.",
  },
  MAIL_LIMIT_PER_HOUR: {
    type: "integer",
    default: 0,
    min: 0,
    max: 100000,
    unit: "mails an hour",
    section: "mail",
    kept: "database",
    label: "Hourly limit",
    help: "Mails over this number wait for the next hour. 0 means no limit.",
  },
  MAIL_SERVER_NAME: {
    type: "text",
    default: "BingeAlert",
    section: "appearance",
    kept: "database",
    label: "Server name",
    help: "The name at the top of each mail: what your people call your server.",
  },
  MAIL_ACCENT_COLOR: {
    type: "text",
    default: "#faac58",
    section: "appearance",
    kept: "database",
    label: "Accent colour",
    help: "Colour of the button, as #rrggbb.",
  },
  MAIL_LOGO_URL: {
    type: "url",
    default: "",
    section: "appearance",
    kept: "database",
    label: "Logo",
    help: "Address of a square picture. Empty: the first letter of the name.",
  },
  RECONCILIATION_INTERVAL_HOURS: {
    type: "integer",
    default: 2,
    min: 1,
    max: 24,
    unit: "hours",
    section: "reconciliation",
    kept: "database",
    label: "Interval",
    help: "How often everything is compared, to make up for what no webhook reported.",
  },
  RECONCILIATION_HOLD_ABOVE: {
    type: "integer",
    default: 25,
    min: 1,
    max: 10000,
    unit: "mails",
    section: "reconciliation",
    kept: "database",
    label: "Hold above",
    help: "When one check would send more mails than this, they are held until you have looked at them.",
  },
  JELLYSEERR_URL: {
    type: "url",
    default: "",
    section: "services",
    kept: "file",
    label: "Seerr address",
    help: "Overseerr, Jellyseerr or Seerr, such as http://seerr:5055.",
  },
  JELLYSEERR_API_KEY: {
    type: "secret",
    default: "",
    section: "services",
    kept: "file",
    label: "Seerr API key",
    help: "In Seerr under Settings, General.",
  },
  PLEX_URL: {
    type: "url",
    default: "",
    section: "services",
    kept: "file",
    label: "Plex address",
    help: "Such as http://plex:32400. Empty: mails leave by the timer alone, without asking Plex.",
  },
  PLEX_TOKEN: {
    type: "secret",
    default: "",
    section: "services",
    kept: "file",
    label: "Plex token",
    help: "The X-Plex-Token of the server's owner.",
  },
  PUBLIC_BASE_URL: {
    type: "url",
    default: "",
    section: "security",
    kept: "file",
    label: "Public address",
    help: "Where people reach BingeAlert from outside. Links in mails need it.",
  },
  WEBHOOK_SECRET: {
    type: "secret",
    default: "",
    section: "security",
    kept: "file",
    label: "Webhook secret",
    help: "When set, every webhook must carry it.",
  },
  WEBHOOK_ALLOWED_IPS: {
    type: "list",
    default: "",
    section: "security",
    kept: "file",
    label: "Webhook addresses",
    help: "Addresses or networks that may send webhooks, separated by commas. Empty: all.",
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof settingDefinitions;

type ValueOf<D> = D extends { type: "integer" }
  ? number
  : D extends { type: "boolean" }
    ? boolean
    : D extends { type: "choice"; choices: readonly (infer C)[] }
      ? C
      : string;

/** All settings with their values. */
export type Settings = { [N in SettingName]: ValueOf<(typeof settingDefinitions)[N]> };

/** The schema of one setting as it is written in an environment variable or a form field. */
export function settingSchema(definition: SettingDefinition): z.ZodType<string | number | boolean> {
  switch (definition.type) {
    case "integer":
      return z.coerce.number().int().min(definition.min).max(definition.max);
    case "boolean":
      return z.enum(["true", "false"]).transform((v) => v === "true");
    case "choice":
      return z.enum(definition.choices as [string, ...string[]]);
    case "url":
      return z.union([z.literal(""), z.url({ protocol: /^https?$/ })]);
    default:
      return z.string();
  }
}

export type SettingProblem = { name: SettingName; value: string; words: string };

/**
 * Turns texts into settings. A value that does not fit is reported and the default stands in for it, so that one
 * typing mistake does not stop the service.
 */
export function parseSettings(texts: Partial<Record<string, string>>): {
  settings: Settings;
  problems: SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const values: Record<string, string | number | boolean> = {};
  for (const [name, definition] of Object.entries(settingDefinitions)) {
    const written = texts[name]?.trim();
    values[name] = definition.default;
    if (written === undefined || written === "") continue;
    const parsed = settingSchema(definition).safeParse(written);
    if (parsed.success) values[name] = parsed.data;
    else {
      problems.push({
        name: name as SettingName,
        value: definition.type === "secret" ? "" : written,
        words: `${name} is ${describeRange(definition)}; ${definition.default} is used instead`,
      });
    }
  }
  return { settings: values as Settings, problems };
}

function describeRange(definition: SettingDefinition): string {
  if (definition.type === "integer") {
    return `a whole number from ${definition.min} to ${definition.max} ${definition.unit}`.trim();
  }
  if (definition.type === "choice") return `one of ${definition.choices.join(", ")}`;
  if (definition.type === "boolean") return "true or false";
  return "an address that begins with http:// or https://";
}
