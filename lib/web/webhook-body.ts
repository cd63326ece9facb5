export type WebhookBody =
  | { kind: "object"; bytes: Buffer; isTest: boolean }
  | { kind: "not_json"; because: string }
  | { kind: "not_an_object"; because: string }
  | { kind: "other_format"; because: string };

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Looks whether a body is a JSON object, which is all that a webhook has to be. Broken UTF-8 inside
 * its texts is let through: what it means is found out later.
 */
export function readWebhookBody(raw: Buffer, contentType: string | null): WebhookBody {
  const bytes = raw.subarray(0, 3).equals(byteOrderMark) ? raw.subarray(3) : raw;
  if (bytes.length === 0) return { kind: "not_json", because: "The body is empty" };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return isOtherFormat(contentType)
      ? { kind: "other_format", because: `The body is ${formatName(contentType)}, not JSON` }
      : { kind: "not_json", because: "The body is not JSON" };
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return { kind: "not_an_object", because: `The body is ${valueName(value)}, not a JSON object` };
  }
  return { kind: "object", bytes, isTest: isTestEvent(value) };
}

/** Formats that other webhooks use (Plex sends multipart); anything else is judged by the body alone. */
export function isOtherFormat(contentType: string | null): boolean {
  return /^\s*(multipart\/|application\/x-www-form-urlencoded|text\/xml|application\/xml)/i.test(
    contentType ?? "",
  );
}

/** The format a sender says it uses, short enough to be repeated to it. */
export function formatName(contentType: string | null): string {
  return /^[\w.+/-]{1,60}/.exec(contentType?.trim() ?? "")?.[0] ?? "in another format";
}

function valueName(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : `a ${typeof value}`;
}

/** "Send test" in Sonarr and Radarr, and in the Seerr family. */
function isTestEvent(body: object): boolean {
  const { eventType, notification_type: type } = body as Record<string, unknown>;
  return eventType === "Test" || type === "TEST_NOTIFICATION";
}
