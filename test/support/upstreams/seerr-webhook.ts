import type { Json, JsonObject } from "./fake-server";

/** What the template can name; everything is text, missing is the empty text. */
export type TemplateVariables = Record<string, string>;

export type TemplateInput = {
  variables: TemplateVariables;
  /** Which of the special objects the event carries; the others become null. */
  has: { media: boolean; request: boolean; issue: boolean; comment: boolean };
  extra: { name: string; value: string }[];
};

const person = (prefix: string): JsonObject => ({
  [`${prefix}_email`]: `{{${prefix}_email}}`,
  [`${prefix}_username`]: `{{${prefix}_username}}`,
  [`${prefix}_avatar`]: `{{${prefix}_avatar}}`,
  [`${prefix}_settings_discordId`]: `{{${prefix}_settings_discordId}}`,
  [`${prefix}_settings_telegramChatId`]: `{{${prefix}_settings_telegramChatId}}`,
});

/** The template a fresh Seerr 3.0 or 3.1 comes with. */
export const defaultTemplate: JsonObject = {
  notification_type: "{{notification_type}}",
  event: "{{event}}",
  subject: "{{subject}}",
  message: "{{message}}",
  image: "{{image}}",
  "{{media}}": {
    media_type: "{{media_type}}",
    tmdbId: "{{media_tmdbid}}",
    tvdbId: "{{media_tvdbid}}",
    status: "{{media_status}}",
    status4k: "{{media_status4k}}",
  },
  "{{request}}": { request_id: "{{request_id}}", ...person("requestedBy") },
  "{{issue}}": {
    issue_id: "{{issue_id}}",
    issue_type: "{{issue_type}}",
    issue_status: "{{issue_status}}",
    ...person("reportedBy"),
  },
  "{{comment}}": { comment_message: "{{comment_message}}", ...person("commentedBy") },
  "{{extra}}": [],
};

/** Bit of each event in the setting `types`. */
export const eventBits = {
  MEDIA_PENDING: 2,
  MEDIA_APPROVED: 4,
  MEDIA_AVAILABLE: 8,
  MEDIA_FAILED: 16,
  TEST_NOTIFICATION: 32,
  MEDIA_DECLINED: 64,
  MEDIA_AUTO_APPROVED: 128,
  ISSUE_CREATED: 256,
  ISSUE_COMMENT: 512,
  ISSUE_RESOLVED: 1024,
  ISSUE_REOPENED: 2048,
} as const;

export type SeerrEvent = keyof typeof eventBits;

/** All variables a 3.1 server knows; those not in this list stay in the text as `{{…}}`. */
const knownVariables = [
  ...["notification_type", "event", "subject", "message", "image"],
  ...["media_type", "media_tmdbid", "media_tvdbid", "media_status", "media_status4k"],
  ...["request_id", "issue_id", "issue_type", "issue_status", "comment_message"],
  ...["notifyuser", "requestedBy", "reportedBy", "commentedBy"].flatMap((who) => [
    `${who}_username`,
    `${who}_email`,
    `${who}_avatar`,
    `${who}_settings_discordId`,
    `${who}_settings_telegramChatId`,
  ]),
];

/**
 * Fills a template as Seerr does: the five special keys lose their braces and become null (or a list) when the event
 * has no such thing, every other value is text with the first occurrence of each variable replaced.
 */
export function renderTemplate(template: JsonObject, input: TemplateInput): JsonObject {
  const rendered: JsonObject = {};
  for (const [key, value] of Object.entries(template)) {
    const special = /^\{\{(media|request|issue|comment|extra)\}\}$/.exec(key)?.[1];
    if (special === "extra") rendered.extra = input.extra;
    else if (special && !input.has[special as keyof TemplateInput["has"]]) rendered[special] = null;
    else rendered[special ?? key] = renderValue(value, input);
  }
  return rendered;
}

function renderValue(value: Json, input: TemplateInput): Json {
  if (typeof value === "string") return renderText(value, input.variables);
  if (Array.isArray(value)) return value.map((entry) => renderValue(entry, input));
  if (typeof value === "object" && value !== null) return renderTemplate(value, input);
  return value;
}

function renderText(text: string, variables: TemplateVariables): string {
  // A plain string replacement on purpose: `$&` in a title and `{{…}}` in a comment get mangled as in the original.
  return knownVariables.reduce(
    (result, name) => result.replace(`{{${name}}}`, variables[name] ?? ""),
    text,
  );
}
