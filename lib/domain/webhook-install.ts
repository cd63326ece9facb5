import type { InboundSource } from "./inbound";

/** Decides what to write into the services so that their webhooks come here. Pure. */

/** What our connection is called in Sonarr and Radarr, by which we find it again. */
export const connectionName = "BingeAlert";

/** Sonarr and Radarr take any user name; the secret is the password, which all their versions know. */
const userName = "bingealert";

/** A connection of Sonarr or Radarr as its API gives it; what is not named here is kept and sent back. */
export type Connection = {
  id?: number | undefined;
  name: string;
  implementation: string;
  fields: ConnectionField[];
  [other: string]: unknown;
};

type ConnectionField = { name: string; value?: unknown; [other: string]: unknown };

/** What to write: a new connection, or our own one anew. */
export type ConnectionPlan =
  | { kind: "add"; body: Connection }
  | { kind: "change"; id: number; body: Connection };

/** What is switched on, where the version at hand knows it. The rest of a connection stays off. */
const wantedSwitches = [
  "onGrab",
  "onDownload",
  "onUpgrade",
  "onImportComplete",
  "onRename",
  "onSeriesAdd",
  "onSeriesDelete",
  "onEpisodeFileDelete",
  "onEpisodeFileDeleteForUpgrade",
  "onMovieAdded",
  "onMovieDelete",
  "onMovieFileDelete",
  "onMovieFileDeleteForUpgrade",
  "onManualInteractionRequired",
];

/** Where a webhook goes: the path names the instance, unless it is the default one of its kind. */
export function webhookAddress(
  base: string,
  sender: { source: InboundSource; instanceKey: string | null },
): { url: string; pathInstance: string | null } {
  const { source, instanceKey } = sender;
  const pathInstance =
    instanceKey === null || instanceKey === source ? null : instanceKey.slice(source.length + 1);
  const place = `${base.trim().replace(/\/+$/, "")}/webhooks/${source}`;
  return { url: pathInstance === null ? place : `${place}/${pathInstance}`, pathInstance };
}

/**
 * The address at which services probably reach us: the public one, where all of them are on this machine its
 * loopback, the one the admin's browser uses, or this machine's own.
 */
export function guessWebhookBase(facts: {
  /** Without a slash at its end; null when BingeAlert has none. */
  publicAddress: string | null;
  /** Below which it is served, such as `/binge`; empty at the root. */
  basePath: string;
  serviceUrls: readonly string[];
  /** Scheme, host and port that the browser used; null when it is not known. */
  seenAs: string | null;
  /** An address of this machine in its network; null when it has none. */
  ownAddress: string | null;
  port: number;
}): string {
  const { publicAddress, basePath, serviceUrls, seenAs, ownAddress, port } = facts;
  if (publicAddress !== null) return publicAddress;
  const onLoopback = `http://127.0.0.1:${port}${basePath}`;
  if (serviceUrls.length > 0 && serviceUrls.every(isLoopback)) return onLoopback;
  if (seenAs !== null && !isLoopback(seenAs)) return `${seenAs}${basePath}`;
  return ownAddress === null ? onLoopback : `http://${ownAddress}:${port}${basePath}`;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);
}

/** Why an address cannot be one that services reach us at; null when it can. */
export function webhookBaseProblem(base: string): string | null {
  const text = base.trim();
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) {
    return "The address begins with http:// or https://";
  }
  const { search, hash, username, password } = new URL(text);
  if (search || hash || username || password) {
    return "The address has a name, a port and perhaps a path, nothing else";
  }
  return null;
}

/**
 * What to write into Sonarr or Radarr. Ours is the webhook that has our name, or that posts to the very address; all
 * others are left alone. Null when the service knows no webhooks.
 */
export function planConnection(facts: {
  existing: readonly Connection[];
  schema: readonly Connection[];
  url: string;
  secret: string;
}): ConnectionPlan | null {
  const { existing, schema, url, secret } = facts;
  const template = schema.find(({ implementation }) => implementation === "Webhook");
  if (!template) return null;
  const webhooks = existing.filter(({ implementation }) => implementation === "Webhook");
  const own =
    webhooks.find((one) => one.name === connectionName) ??
    webhooks.find((one) => fieldOf(one, "url") === url);
  const { presets: _presets, ...fresh } = template;
  const basis = own ?? { ...fresh, name: connectionName };
  const body: Connection = {
    ...basis,
    fields: withValues(basis.fields, template.fields, {
      url,
      // 1 is POST.
      method: 1,
      username: secret === "" ? "" : userName,
      password: secret,
    }),
    ...switchedOn(template, own),
  };
  return own?.id === undefined ? { kind: "add", body } : { kind: "change", id: own.id, body };
}

/** Where a connection posts to; empty when it names nothing. */
export const connectionUrl = (connection: Connection): string =>
  String(fieldOf(connection, "url") ?? "");

function fieldOf(connection: Connection, name: string): unknown {
  return connection.fields.find((field) => field.name === name)?.value;
}

function withValues(
  fields: readonly ConnectionField[],
  known: readonly ConnectionField[],
  values: Record<string, unknown>,
): ConnectionField[] {
  const missing = known.filter(({ name }) => !fields.some((field) => field.name === name));
  return [...fields, ...missing].map((field) =>
    Object.hasOwn(values, field.name) ? { ...field, value: values[field.name] } : field,
  );
}

/** Versions differ in what they know: only what the template names is switched on. */
function switchedOn(template: Connection, own: Connection | undefined): Record<string, boolean> {
  const known = wantedSwitches.filter(
    (name) =>
      (name in template || (own !== undefined && name in own)) &&
      template[`supports${name.charAt(0).toUpperCase()}${name.slice(1)}`] !== false,
  );
  return Object.fromEntries(known.map((name) => [name, true]));
}

/** Seerr's one webhook as its API gives it; what is not named here is kept and sent back. */
export type SeerrWebhook = {
  enabled: boolean;
  types: number;
  options: { webhookUrl: string; [other: string]: unknown };
  [other: string]: unknown;
};

export type SeerrWebhookPlan =
  | { kind: "write"; body: SeerrWebhook }
  /** It posts to somebody else, and there is only one. */
  | { kind: "occupied"; url: string };

/** Every event of Seerr that a webhook can carry: pending, approved, available, failed, declined, and all of issues. */
const seerrTypes = 2 + 4 + 8 + 16 + 64 + 128 + 256 + 512 + 1024 + 2048;

const person = (prefix: string) => ({
  [`${prefix}_email`]: `{{${prefix}_email}}`,
  [`${prefix}_username`]: `{{${prefix}_username}}`,
});

/** What Seerr sends: the keys of its own template that we read. */
const seerrTemplate = {
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

/**
 * What to write into Seerr. It has a single webhook: one that posts to somebody else is only replaced when the admin
 * said so.
 */
export function planSeerrWebhook(facts: {
  existing: SeerrWebhook;
  url: string;
  secret: string;
  replace: boolean;
}): SeerrWebhookPlan {
  const { existing, url, secret, replace } = facts;
  const there = existing.options.webhookUrl;
  if (existing.enabled && there !== "" && !isOurs(there) && !replace) {
    return { kind: "occupied", url: there };
  }
  return {
    kind: "write",
    body: {
      ...existing,
      enabled: true,
      types: seerrTypes,
      options: {
        ...existing.options,
        // Seerr takes either these or the authorization, not both.
        ...("customHeaders" in existing.options ? { customHeaders: [] } : {}),
        webhookUrl: url,
        authHeader: secret,
        // It parses what it stored twice, so this is JSON in JSON.
        jsonPayload: JSON.stringify(JSON.stringify(seerrTemplate)),
      },
    },
  };
}

/** An address of ours, perhaps of the time before we moved. */
function isOurs(url: string): boolean {
  const path = URL.canParse(url) ? new URL(url).pathname : url.split("?")[0];
  return /\/webhooks\/(jellyseerr|overseerr|seerr)\/?$/i.test(path ?? "");
}
