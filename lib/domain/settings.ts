import { z } from "zod";
import { adminEvents } from "./admin-news";
import { languageNames, languages } from "./language";

/**
 * Every setting, once: what it is called, what it may hold, where it is kept and what it means. The reader, the
 * form, the API and the reference table all come from here. Names are those of the environment.
 */

/** What a channel's list of events may name; `none` switches the channel off. */
const alertListOptions = [...adminEvents, "none"];

export const settingSections = {
  batching: "Smart batching",
  mail: "E-mail",
  appearance: "Appearance of mails",
  quality: "Quality monitoring",
  issues: "Issue auto-fix",
  reconciliation: "Reconciliation",
  weekly: "Weekly summary",
  downloads: "Stuck downloads",
  alerts: "Alerts",
  backups: "Backups and retention",
  logs: "Logs",
  services: "Connected services",
  security: "Sign-in and security",
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
type TextSetting = Common & { type: "text" | "secret" | "url" | "color"; default: string };
/** Parts separated by commas; with `options` only those. */
type ListSetting = Common & { type: "list"; default: string; options?: readonly string[] };
type ChoiceSetting = Common & {
  type: "choice";
  default: string;
  choices: readonly string[];
  /** How the form names them, where their own word says too little. */
  choiceWords?: Readonly<Record<string, string>>;
};
type BooleanSetting = Common & { type: "boolean"; default: boolean };
export type SettingDefinition =
  | IntegerSetting
  | TextSetting
  | ListSetting
  | ChoiceSetting
  | BooleanSetting;

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
    help: "When Plex does not show an imported file by then, you are told instead of the requester.",
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
    choiceWords: { starttls: "STARTTLS", ssl: "SSL/TLS from the start", none: "None" },
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
  SMTP_CONNECTIONS: {
    type: "integer",
    default: 5,
    min: 1,
    max: 20,
    unit: "connections",
    section: "mail",
    kept: "file",
    label: "Connections",
    help: "How many mails may be under way at once. Many providers allow 3 to 5.",
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
    help: "Where news for you goes. Empty: to the sender's own address.",
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
    type: "color",
    default: "#faac58",
    section: "appearance",
    kept: "database",
    label: "Accent colour",
    help: "Colour of the button, as #rrggbb.",
  },
  MAIL_LANGUAGE: {
    type: "choice",
    default: "en",
    choices: languages,
    choiceWords: languageNames,
    section: "appearance",
    kept: "database",
    label: "Language",
    help: "Language of the mails to your people, and of the pages their links lead to. Each person may choose another one there. Mails to you stay in English.",
  },
  MAIL_LOGO_URL: {
    type: "url",
    default: "",
    section: "appearance",
    kept: "database",
    label: "Logo elsewhere",
    help: "Address of a square picture, for when none was uploaded. Empty: the first letter of the name.",
  },
  MAIL_LOGO: {
    type: "text",
    default: "",
    section: "appearance",
    kept: "database",
    label: "Logo",
    help: "Name of the uploaded logo, which goes along with each mail. Upload one under Settings, Appearance of mails.",
  },
  QUALITY_MONITOR_ENABLED: {
    type: "boolean",
    default: true,
    section: "quality",
    kept: "database",
    label: "Quality monitor",
    help: "Tells people while they wait: not released yet, or released but not found in the wanted quality.",
  },
  QUALITY_MONITOR_INTERVAL_HOURS: {
    type: "integer",
    default: 24,
    min: 1,
    max: 168,
    unit: "hours",
    section: "quality",
    kept: "database",
    label: "Interval",
    help: "How often all open requests are reviewed.",
  },
  QUALITY_REVIEW_DELAY_SECONDS: {
    type: "integer",
    default: 10,
    min: 0,
    max: 3600,
    unit: "seconds",
    section: "quality",
    kept: "database",
    label: "Delay after approval",
    help: "How long after its approval a request is first reviewed, so that Sonarr or Radarr knows it by then.",
  },
  QUALITY_WAITING_DELAY_SECONDS: {
    type: "integer",
    default: 300,
    min: 0,
    max: 86400,
    unit: "seconds",
    section: "quality",
    kept: "database",
    label: "Delay of “quality waiting”",
    help: "How long the mail waits before it leaves. A grab or an import in that time cancels it.",
  },
  QUALITY_HOLD_UNTIL_CUTOFF: {
    type: "boolean",
    default: false,
    section: "quality",
    kept: "database",
    label: "Hold until cutoff",
    help: "A file below the cutoff of its quality profile is not told of; people hear when the better one is there. Has no effect where the profile allows no upgrades.",
  },
  ISSUE_AUTOFIX_MODE: {
    type: "choice",
    default: "manual",
    choices: ["manual", "auto", "auto_notify"],
    choiceWords: {
      manual: "You decide, and press Fix",
      auto: "Look for a replacement, quietly",
      auto_notify: "Look for a replacement, and tell you",
    },
    section: "issues",
    kept: "database",
    label: "When somebody reports an issue",
    help: "A repair puts the release on the blocklist and searches another.",
  },
  ISSUE_FIXING_CUTOFF_HOURS: {
    type: "integer",
    default: 1,
    min: 1,
    max: 168,
    unit: "hours",
    section: "issues",
    kept: "database",
    label: "Patience with a repair",
    help: "When a repair brought no other file by then, the next one begins. After three you are asked.",
  },
  ISSUE_REPORTED_CUTOFF_HOURS: {
    type: "integer",
    default: 24,
    min: 1,
    max: 720,
    unit: "hours",
    section: "issues",
    kept: "database",
    label: "Look at waiting issues after",
    help: "An issue nobody worked on this long is looked at by reconciliation: another file may be there by now.",
  },
  ISSUE_ABANDON_DAYS: {
    type: "integer",
    default: 7,
    min: 1,
    max: 365,
    unit: "days",
    section: "issues",
    kept: "database",
    label: "Abandon after",
    help: "An issue that did not get on this long is marked as abandoned. It stays open in Seerr, and Fix still works.",
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
  ALERT_EMAIL_EVENTS: {
    type: "list",
    default: "",
    options: alertListOptions,
    section: "alerts",
    kept: "database",
    label: "Events by e-mail",
    help: "Which events go to your address.",
  },
  ALERT_WEBHOOK_URL: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "Webhook address",
    help: "Gets each alert as JSON by POST, for Home Assistant, n8n and the like.",
  },
  ALERT_WEBHOOK_SECRET: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "Webhook secret",
    help: "Sent along as Authorization: Bearer. Empty: nothing is sent along.",
  },
  ALERT_WEBHOOK_EVENTS: {
    type: "list",
    default: "",
    options: alertListOptions,
    section: "alerts",
    kept: "database",
    label: "Events by webhook",
    help: "Which events go to the webhook.",
  },
  DISCORD_WEBHOOK_URL: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "Discord webhook",
    help: "In Discord: channel settings, Integrations, Webhooks, Copy webhook URL.",
  },
  DISCORD_EVENTS: {
    type: "list",
    default: "",
    options: alertListOptions,
    section: "alerts",
    kept: "database",
    label: "Events to Discord",
    help: "Which events go to Discord.",
  },
  SLACK_WEBHOOK_URL: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "Slack webhook",
    help: "Address of an incoming webhook, as Slack shows it for your app.",
  },
  SLACK_EVENTS: {
    type: "list",
    default: "",
    options: alertListOptions,
    section: "alerts",
    kept: "database",
    label: "Events to Slack",
    help: "Which events go to Slack.",
  },
  NTFY_URL: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "ntfy address",
    help: "Server and topic, such as https://ntfy.sh/my-topic. Who knows the topic can read along.",
  },
  NTFY_TOKEN: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "ntfy token",
    help: "Access token of a protected topic. Empty: none.",
  },
  NTFY_EVENTS: {
    type: "list",
    default: "",
    options: alertListOptions,
    section: "alerts",
    kept: "database",
    label: "Events to ntfy",
    help: "Which events go to ntfy.",
  },
  PUSHOVER_TOKEN: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "Pushover application",
    help: "API token of an application made at pushover.net.",
  },
  PUSHOVER_USER: {
    type: "secret",
    default: "",
    section: "alerts",
    kept: "file",
    label: "Pushover user",
    help: "User or group key, at the top of your page at pushover.net.",
  },
  PUSHOVER_EVENTS: {
    type: "list",
    default: "",
    options: alertListOptions,
    section: "alerts",
    kept: "database",
    label: "Events to Pushover",
    help: "Which events go to Pushover.",
  },
  HEALTH_CHECK_INTERVAL_MINUTES: {
    type: "integer",
    default: 15,
    min: 1,
    max: 1440,
    unit: "minutes",
    section: "alerts",
    kept: "database",
    label: "Health check",
    help: "How often every service is asked whether it works.",
  },
  HEALTH_FAILURE_THRESHOLD: {
    type: "integer",
    default: 2,
    min: 1,
    max: 20,
    unit: "checks",
    section: "alerts",
    kept: "database",
    label: "Failures before an alert",
    help: "A service counts as down after this many failed checks in a row.",
  },
  HEALTH_TIMEOUT_SECONDS: {
    type: "integer",
    default: 8,
    min: 1,
    max: 60,
    unit: "seconds",
    section: "alerts",
    kept: "database",
    label: "Patience",
    help: "How long a health check waits for an answer.",
  },
  HEALTH_SLOW_SECONDS: {
    type: "integer",
    default: 3,
    min: 1,
    max: 60,
    unit: "seconds",
    section: "alerts",
    kept: "database",
    label: "Slow from",
    help: "An answer that takes this long counts as slow.",
  },
  HEALTH_HISTORY_DAYS: {
    type: "integer",
    default: 14,
    min: 1,
    max: 90,
    unit: "days",
    section: "alerts",
    kept: "database",
    label: "History",
    help: "How long the results of health checks are kept.",
  },
  ALERT_COOLDOWN_MINUTES: {
    type: "integer",
    default: 240,
    min: 1,
    max: 10080,
    unit: "minutes",
    section: "alerts",
    kept: "database",
    label: "Pause between alerts",
    help: "The same trouble is not told again within this time.",
  },
  QUEUE_STALLED_MINUTES: {
    type: "integer",
    default: 15,
    min: 5,
    max: 1440,
    unit: "minutes",
    section: "alerts",
    kept: "database",
    label: "Jobs waiting",
    help: "An alert when a job or a mail that is due has waited this long.",
  },
  WEBHOOK_SILENCE_HOURS: {
    type: "integer",
    default: 6,
    min: 1,
    max: 168,
    unit: "hours",
    section: "alerts",
    kept: "database",
    label: "Webhooks missing",
    help: "An alert when imports of this age were announced by no webhook.",
  },
  DISK_FREE_MB: {
    type: "integer",
    default: 500,
    min: 0,
    max: 1000000,
    unit: "MB",
    section: "alerts",
    kept: "database",
    label: "Disk space",
    help: "An alert when the disk of the config folder has less left. 0: never.",
  },
  STUCK_MONITOR_ENABLED: {
    type: "boolean",
    default: true,
    section: "downloads",
    kept: "database",
    label: "Watch downloads",
    help: "Reads the queues of Sonarr and Radarr and tells you about downloads that are stuck.",
  },
  STUCK_MONITOR_INTERVAL_MINUTES: {
    type: "integer",
    default: 30,
    min: 5,
    max: 1440,
    unit: "minutes",
    section: "downloads",
    kept: "database",
    label: "Interval",
    help: "How often the queues are read.",
  },
  STUCK_AFTER_HOURS: {
    type: "integer",
    default: 4,
    min: 1,
    max: 168,
    unit: "hours",
    section: "downloads",
    kept: "database",
    label: "Stuck after",
    help: "A download without progress for this long is stuck. One with a warning or an error is stuck at once.",
  },
  IMPORT_REPAIR_ENABLED: {
    type: "boolean",
    default: false,
    section: "downloads",
    kept: "database",
    label: "Replace failed imports",
    help: "When only another release can help: takes the download away, puts its release on the blocklist and searches those episodes or that movie again.",
  },
  IMPORT_REPAIR_STRIKES: {
    type: "integer",
    default: 3,
    min: 1,
    max: 50,
    unit: "checks",
    section: "downloads",
    kept: "database",
    label: "Checks before",
    help: "In how many checks the same failure must be seen before a release is replaced.",
  },
  IMPORT_REPAIR_ATTEMPTS: {
    type: "integer",
    default: 2,
    min: 1,
    max: 20,
    unit: "releases",
    section: "downloads",
    kept: "database",
    label: "Attempts",
    help: "How many releases of the same episode or movie may be replaced within 90 days. After that you are only told.",
  },
  IMPORT_REPAIR_SKIP_TAGS: {
    type: "list",
    default: "no-repair",
    section: "downloads",
    kept: "database",
    label: "Tags left alone",
    help: "Shows, movies and indexers with one of these tags in Sonarr or Radarr are never repaired. Torrents of indexers that ask for seeding never are.",
  },
  IMPORT_REPAIR_SKIP_INDEXERS: {
    type: "list",
    default: "",
    section: "downloads",
    kept: "database",
    label: "Indexers left alone",
    help: "Names of indexers, such as private trackers, whose releases are never repaired.",
  },
  BACKUP_INTERVAL_HOURS: {
    type: "integer",
    default: 24,
    min: 0,
    max: 720,
    unit: "hours",
    section: "backups",
    kept: "database",
    label: "Backup every",
    help: "How often a backup is made by itself. 0 means only by hand.",
  },
  BACKUP_KEEP: {
    type: "integer",
    default: 8,
    min: 1,
    max: 100,
    unit: "backups",
    section: "backups",
    kept: "database",
    label: "Keep",
    help: "How many backups made by themselves are kept; those made by hand or uploaded stay until you delete them.",
  },
  RETENTION_MAIL_BODY_DAYS: {
    type: "integer",
    default: 90,
    min: 1,
    max: 3650,
    unit: "days",
    section: "backups",
    kept: "database",
    label: "Keep mail bodies",
    help: "After this the text of a sent mail is removed. That it was sent stays on record for ever.",
  },
  RETENTION_INBOUND_BODY_DAYS: {
    type: "integer",
    default: 30,
    min: 1,
    max: 3650,
    unit: "days",
    section: "backups",
    kept: "database",
    label: "Keep webhook bodies",
    help: "After this the body of a webhook is removed. The inbox still says what came and what it caused.",
  },
  RETENTION_INBOUND_EVENT_DAYS: {
    type: "integer",
    default: 365,
    min: 1,
    max: 3650,
    unit: "days",
    section: "backups",
    kept: "database",
    label: "Keep webhooks",
    help: "After this a webhook leaves the inbox altogether. Timelines still say what it caused, and who was told what stays on record for ever.",
  },
  RETENTION_RUN_DAYS: {
    type: "integer",
    default: 90,
    min: 1,
    max: 3650,
    unit: "days",
    section: "backups",
    kept: "database",
    label: "Keep records of runs",
    help: "After this the record of a worker's run and of what it found is removed; its newest one stays.",
  },
  LOG_LEVEL: {
    type: "choice",
    default: "info",
    choices: ["debug", "info", "warn", "error", "silent"],
    choiceWords: {
      debug: "Everything, each job as well",
      info: "What happens",
      warn: "Warnings and errors",
      error: "Errors",
      silent: "Nothing",
    },
    section: "logs",
    kept: "database",
    label: "Write",
    help: "From which level on lines are written. It applies at once; choose everything while you look for a fault.",
  },
  LOG_KEEP_MB: {
    type: "integer",
    default: 25,
    min: 5,
    max: 500,
    unit: "MB",
    section: "logs",
    kept: "database",
    label: "Keep",
    help: "How much of the lines of each process is kept in the folder logs of the config folder; the oldest go first.",
  },
  WEEKLY_SUMMARY_ENABLED: {
    type: "boolean",
    default: true,
    section: "weekly",
    kept: "database",
    label: "Weekly summary",
    help: "On Sundays you get one mail about the week: what was sent, what was asked for, what waits.",
  },
  WEEKLY_SUMMARY_WHEN_QUIET: {
    type: "boolean",
    default: false,
    section: "weekly",
    kept: "database",
    label: "Also after a quiet week",
    help: "Send it even when nothing was asked for, sent or waited for.",
  },
  WEEKLY_SUMMARY_TIME: {
    type: "choice",
    default: "09:00",
    choices: [
      ...["00:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00"],
      ...["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"],
      ...["16:00", "17:00", "18:00", "19:00", "20:00", "21:00", "22:00", "23:00"],
    ],
    section: "weekly",
    kept: "database",
    label: "Time",
    help: "When on Sunday the week ends and the mail leaves.",
  },
  WEEKLY_SUMMARY_ZONE: {
    type: "choice",
    default: "utc",
    choices: ["utc", "server"],
    choiceWords: { utc: "UTC", server: "The server's" },
    section: "weekly",
    kept: "database",
    label: "Time zone",
    help: "Whose Sunday it is: UTC, or the zone of the server, which TZ names.",
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
  METRICS_TOKEN: {
    type: "secret",
    default: "",
    section: "security",
    kept: "file",
    label: "Token for /metrics",
    help: "Opens /metrics to a Prometheus that sends it as Bearer token. Empty: there is no such page.",
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
  AUTH_ENABLED: {
    type: "boolean",
    default: false,
    section: "security",
    kept: "database",
    label: "Login",
    help: "Whether the dashboard and the API want a login. Needs an account with a password.",
  },
  SESSION_TIMEOUT_HOURS: {
    type: "integer",
    default: 168,
    min: 1,
    max: 168,
    unit: "hours",
    section: "security",
    kept: "database",
    label: "Session",
    help: "How long after its sign-in a session ends.",
  },
  LOCAL_NETWORKS: {
    type: "list",
    default: "",
    section: "security",
    kept: "database",
    label: "Local networks",
    help: "Connections from these addresses or networks need no login. Empty: all need it.",
  },
  TRUSTED_PROXIES: {
    type: "list",
    default: "",
    section: "security",
    kept: "file",
    label: "Trusted proxies",
    help: "Reverse proxies whose X-Forwarded-For, -Host and -Proto are believed: addresses or networks.",
  },
  ALLOWED_HOSTS: {
    type: "list",
    default: "",
    section: "security",
    kept: "database",
    label: "Allowed host names",
    help: "Further names under which browsers may reach the dashboard, such as binge.example.net or *.example.net. The public address, IP addresses and names of the local network always may.",
  },
  TURNSTILE_SITE_KEY: {
    type: "text",
    default: "",
    section: "security",
    kept: "file",
    label: "Turnstile site key",
    help: "With both keys set, Cloudflare Turnstile guards the sign-in.",
  },
  TURNSTILE_SECRET_KEY: {
    type: "secret",
    default: "",
    section: "security",
    kept: "file",
    label: "Turnstile secret key",
    help: "Belongs to the site key.",
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
    case "color":
      return z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i);
    case "list":
      return listSchema(definition.options);
    default:
      return z.string();
  }
}

function listSchema(options: readonly string[] | undefined): z.ZodType<string> {
  if (options === undefined) return z.string();
  return z.string().refine((list) =>
    list
      .split(",")
      .map((part) => part.trim())
      .every((part) => part === "" || options.includes(part)),
  );
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
        words: `${name} is ${rangeWords(definition)}; ${definition.default === "" ? "nothing" : definition.default} is used instead`,
      });
    }
  }
  return { settings: values as Settings, problems };
}

/** What a setting may hold, in words that follow “is”. */
export function rangeWords(definition: SettingDefinition): string {
  if (definition.type === "integer") {
    return `a whole number from ${definition.min} to ${definition.max} ${definition.unit}`.trim();
  }
  if (definition.type === "choice") return `one of ${definition.choices.join(", ")}`;
  if (definition.type === "boolean") return "true or false";
  if (definition.type === "color") return "a colour such as #faac58";
  if (definition.type === "list") return `a list of ${definition.options?.join(", ")}`;
  return "an address that begins with http:// or https://";
}
