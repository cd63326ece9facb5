import {
  type Answer,
  FakeServer,
  type FakeServerOptions,
  htmlPage,
  type Incoming,
  type Json,
  type JsonObject,
  json,
} from "./fake-server";
import { type Quality, qualityJson, qualityNamed, qualityProfile, utc } from "./releases";
import { WebhookSender, type WebhookTarget } from "./webhook-sender";

export type ServarrOptions = FakeServerOptions & {
  /** Stable name among several: `sonarr`, `sonarr-anime`, `radarr-4k`. */
  key: string;
  /** What it calls itself in webhooks: `Sonarr Anime`. */
  instanceName: string;
  apiKey: string;
  version: string;
  /** Such as `/sonarr`; without it calls are answered at the root. */
  urlBase?: string;
  /** Sent as `applicationUrl`; empty unless set, as in the real thing. */
  applicationUrl?: string;
  isFourK?: boolean;
};

export type HistoryEvent = {
  id: number;
  eventType: string;
  eventNumber: number;
  at: Date;
  sourceTitle: string;
  quality: Quality;
  downloadId: string | null;
  /** Series or movie. */
  ownerId: number;
  /** Episode; null for movies. */
  episodeId: number | null;
  data: Record<string, string>;
};

/** What a download looks like in the queue. */
export type DownloadState = {
  status: "queued" | "paused" | "downloading" | "completed" | "failed" | "warning" | "delay";
  trackedDownloadStatus: "ok" | "warning" | "error" | null;
  trackedDownloadState:
    | "downloading"
    | "importBlocked"
    | "importPending"
    | "importing"
    | "imported"
    | "failedPending"
    | "failed"
    | "ignored"
    | null;
  statusMessages: { title: string; messages: string[] }[];
  errorMessage: string;
  sizeLeft: number;
};

export type Download = {
  id: number;
  downloadId: string;
  title: string;
  quality: Quality;
  size: number;
  addedAt: Date;
  /** Null for a download Sonarr or Radarr does not recognise. */
  ownerId: number | null;
  /** Still waiting to be imported; empty for movies. */
  episodeIds: number[];
  seasonNumber: number | null;
  releaseGroup: string;
  /** `torrent` unless set. */
  protocol?: "torrent" | "usenet";
  /** The usual one unless set. */
  indexer?: string;
} & DownloadState;

/** A download taken out of the queue over the API, and how. */
export type Removal = {
  downloadId: string;
  title: string;
  removeFromClient: boolean;
  blocklist: boolean;
  /** Without it Sonarr and Radarr search again by themselves. */
  skipRedownload: boolean;
};

/** An indexer as the API lists it. */
export type FakeIndexer = { name: string; tags: string[]; seedRatio: number | null };

export type Command = { id: number; name: string; body: JsonObject; at: Date };

const indexer = "Harbour Index (Prowlarr)";

/** What Sonarr and Radarr have in common: key, paging, errors, notifications, commands, queue and history. */
export abstract class ServarrServer extends FakeServer {
  readonly key: string;
  readonly instanceName: string;
  readonly apiKey: string;
  readonly version: string;
  readonly isFourK: boolean;
  readonly applicationUrl: string;
  /** Sends its webhooks; `webhooks.deliveries` says how each went. */
  readonly webhooks: WebhookSender;
  /** Everything posted to `/command`, oldest first. */
  readonly commands: Command[] = [];
  readonly history: HistoryEvent[] = [];
  /** Downloads in the client. */
  readonly queue: Download[] = [];
  /** Everything removed from the queue over the API, oldest first. */
  readonly removals: Removal[] = [];
  readonly indexers: FakeIndexer[] = [{ name: indexer, tags: [], seedRatio: null }];
  /** What its quality profile says: without it a file below the cutoff stays the one there is. */
  upgradeAllowed = true;
  /** Labels; the index plus one is the id. */
  readonly tags: string[] = [];
  protected readonly product: "sonarr" | "radarr";
  protected readonly indexer = indexer;
  protected profileQuality: Quality;
  private readonly urlBase: string;
  private notifications: JsonObject[] = [];
  private failingPage: number | null = null;
  private nextId = 1;

  constructor(product: "sonarr" | "radarr", options: ServarrOptions) {
    super(options.instanceName, options);
    this.product = product;
    this.key = options.key;
    this.instanceName = options.instanceName;
    this.apiKey = options.apiKey;
    this.version = options.version;
    this.urlBase = options.urlBase ?? "";
    this.applicationUrl = options.applicationUrl ?? "";
    this.isFourK = options.isFourK ?? false;
    this.profileQuality = qualityNamed(this.isFourK ? "WEBDL-2160p" : "WEBDL-1080p");
    this.webhooks = new WebhookSender({
      userAgent: `${product === "sonarr" ? "Sonarr" : "Radarr"}/${options.version} (alpine 3.21)`,
      redirects: "manual",
      indent: 2,
      now: this.now,
    });
    this.addCommonRoutes();
  }

  /** Address including the URL base. */
  override get url(): string {
    return `${super.url}${this.urlBase ?? ""}`;
  }

  get majorVersion(): number {
    return Number(this.version.split(".")[0]);
  }

  /** Sends a webhook with the closing keys every event has. */
  protected async announce(eventType: string, body: JsonObject): Promise<void> {
    const closing: JsonObject = { eventType };
    if (this.product === "radarr" || this.majorVersion >= 4) {
      closing.instanceName = this.instanceName;
      if (eventType !== "Health" && eventType !== "HealthRestored") {
        closing.applicationUrl = this.applicationUrl;
      }
    }
    await this.webhooks.send(eventType, { ...body, ...closing });
  }

  /** A health warning, or the news that it is over. */
  async health(options: { message?: string; restored?: boolean } = {}): Promise<void> {
    await this.announce(options.restored ? "HealthRestored" : "Health", {
      level: "warning",
      message: options.message ?? "Indexers unavailable due to failures: Harbour Index",
      type: "IndexerStatusCheck",
      wikiUrl: `https://wiki.servarr.com/${this.product}/system#indexers-are-unavailable-due-to-failures`,
    });
  }

  /** Changes how a download stands in the queue, such as stuck with a warning. */
  setDownload(downloadId: string, change: Partial<DownloadState>): void {
    const found = this.queue.find((d) => d.downloadId === downloadId);
    if (!found) throw new Error(`${this.name} has no download ${downloadId}`);
    Object.assign(found, change);
  }

  /** A download that belongs to nothing it knows: hidden from `/queue` unless asked for. */
  addUnknownDownload(title: string): Download {
    const download: Download = {
      ...freshDownload(this.newId(), title, this.profileQuality, this.now()),
      ownerId: null,
    };
    this.queue.push(download);
    return download;
  }

  /** From now on one page of every list fails, as when the service stops in the middle of a walk. */
  pageFailure(page: number): { clear(): void } {
    this.failingPage = page;
    return {
      clear: () => {
        this.failingPage = null;
      },
    };
  }

  protected newId(): number {
    return this.nextId++;
  }

  protected remember(event: Omit<HistoryEvent, "id" | "at">): void {
    this.history.push({ id: this.newId(), at: this.now(), ...event });
  }

  /** The id of a tag, made when it is new. */
  protected tagId(label: string): number {
    const lower = label.toLowerCase();
    if (!this.tags.includes(lower)) this.tags.push(lower);
    return this.tags.indexOf(lower) + 1;
  }

  protected abstract historyJson(event: HistoryEvent): JsonObject;

  protected languagesJson(): JsonObject {
    return this.majorVersion < 4 && this.product === "sonarr"
      ? { language: { id: 1, name: "English" } }
      : { languages: [{ id: 1, name: "English" }] };
  }

  /** Keys every queue record has, in both products. */
  protected queueJson(download: Download): JsonObject {
    return {
      ...this.languagesJson(),
      quality: qualityJson(download.quality, this.product),
      customFormats: [],
      customFormatScore: 0,
      size: download.size,
      title: download.title,
      added: utc(download.addedAt),
      status: download.status,
      trackedDownloadStatus: download.trackedDownloadStatus ?? undefined,
      trackedDownloadState: download.trackedDownloadState ?? undefined,
      statusMessages: download.statusMessages,
      errorMessage: download.errorMessage,
      downloadId: download.status === "delay" ? undefined : download.downloadId,
      protocol: download.protocol ?? "torrent",
      downloadClient: "qBittorrent",
      downloadClientHasPostImportCategory: false,
      indexer: download.indexer ?? indexer,
      outputPath: `/downloads/${download.title}`,
      sizeleft: download.sizeLeft,
      timeleft: download.sizeLeft > 0 ? "00:12:30" : "00:00:00",
    };
  }

  protected paged(records: JsonObject[], incoming: Incoming, sortKey: string): Answer {
    const page = positive(incoming.query.get("page"), 1);
    const pageSize = positive(incoming.query.get("pageSize"), 10);
    if (page === this.failingPage) return json({ message: "The service is having trouble" }, 500);
    return json({
      page,
      pageSize,
      sortKey: incoming.query.get("sortKey") ?? sortKey,
      sortDirection: incoming.query.get("sortDirection") ?? "ascending",
      totalRecords: records.length,
      records: records.slice((page - 1) * pageSize, page * pageSize),
    });
  }

  protected notFound(): Answer {
    return json({ message: "NotFound" }, 404);
  }

  protected override guard(incoming: Incoming): Answer | null {
    if (this.urlBase !== "") {
      if (!incoming.path.startsWith(`${this.urlBase}/`)) {
        return {
          kind: "empty",
          status: 307,
          headers: { Location: `${this.urlBase}${incoming.path}` },
        };
      }
      incoming.path = incoming.path.slice(this.urlBase.length);
    }
    if (incoming.path === "/ping") return null;
    if (!incoming.path.startsWith("/api/")) return null;
    const bearer = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? "")?.[1];
    const given = incoming.headers["x-api-key"] ?? incoming.query.get("apikey") ?? bearer;
    if (given === this.apiKey) return null;
    return this.product === "sonarr" && this.majorVersion < 4
      ? json({ error: "Unauthorized" }, 401)
      : { kind: "empty", status: 401 };
  }

  /** A path outside the API shows the single-page application, whatever it is. */
  protected override refuse(incoming: Incoming): Answer {
    return incoming.path.startsWith("/api/") ? super.refuse(incoming) : htmlPage(200, this.name);
  }

  private addCommonRoutes(): void {
    this.route("GET", "/ping", () => json({ status: "OK" }));
    this.route("GET", "/api/v3/tag", () =>
      json(this.tags.map((label, i) => ({ label, id: i + 1 }))),
    );
    this.route("GET", "/api/v3/qualityprofile", () => json([this.profileJson()]));
    this.route("GET", "/api/v3/qualityprofile/:id", ({ params }) =>
      params.id === "4" ? json(this.profileJson()) : this.notFound(),
    );
    this.route("GET", "/api/v3/history", (incoming) => this.historyPage(incoming));
    this.route("GET", "/api/v3/history/since", (incoming) => this.historySince(incoming));
    this.route("POST", "/api/v3/history/failed/:id", ({ params }) =>
      this.failGrab(Number(params.id)),
    );
    this.route("GET", "/api/v3/queue/status", () => this.queueStatus());
    this.route("DELETE", "/api/v3/queue/:id", ({ params, query }) =>
      this.removeFromQueue(Number(params.id), query),
    );
    this.route("GET", "/api/v3/indexer", () => json(this.indexers.map((i) => this.indexerJson(i))));
    this.route("GET", "/api/v3/command", () =>
      json(this.commands.map((c) => commandJson(c, "completed"))),
    );
    this.route("POST", "/api/v3/command", (incoming) => this.takeCommand(incoming));
    this.route("GET", "/api/v3/command/:id", ({ params }) => {
      const found = this.commands.find((c) => c.id === Number(params.id));
      return found ? json(commandJson(found, "completed")) : this.notFound();
    });
    this.route("GET", "/api/v3/notification", () => json(this.notifications.map(masked)));
    this.route("GET", "/api/v3/notification/schema", () =>
      json([otherSchema, this.product === "sonarr" ? webhookSchema : radarrWebhookSchema]),
    );
    this.route("POST", "/api/v3/notification", (incoming) => this.saveNotification(incoming, null));
    this.route("POST", "/api/v3/notification/test", async ({ body }) => {
      const problem = await this.tryNotification(this.targetOf(asObject(body)));
      return problem ? json([problem], 400) : json({});
    });
    this.route("PUT", "/api/v3/notification/:id", (incoming) =>
      this.saveNotification(incoming, Number(incoming.params.id)),
    );
    this.route("DELETE", "/api/v3/notification/:id", ({ params }) => {
      this.notifications = this.notifications.filter((n) => n.id !== Number(params.id));
      this.webhooks.target = null;
      return json({});
    });
  }

  private profileJson(): JsonObject {
    const name = this.isFourK ? "Ultra-HD" : "HD-1080p";
    const profile = qualityProfile(this.product, 4, name, this.profileQuality);
    profile.upgradeAllowed = this.upgradeAllowed;
    return profile;
  }

  private historyPage(incoming: Incoming): Answer {
    const eventType = incoming.query.get("eventType");
    const downloadId = incoming.query.get("downloadId");
    const records = [...this.history]
      .reverse()
      .filter((e) => !eventType || String(e.eventNumber) === eventType)
      .filter((e) => !downloadId || e.downloadId === downloadId)
      .map((e) => this.historyJson(e));
    return this.paged(records, incoming, "date");
  }

  private historySince(incoming: Incoming): Answer {
    const since = new Date(incoming.query.get("date") ?? "");
    if (Number.isNaN(since.getTime())) return json({ message: "date is required" }, 400);
    const eventType = incoming.query.get("eventType");
    const events = this.history
      .filter((e) => e.at >= since)
      .filter(
        (e) => !eventType || String(e.eventNumber) === eventType || e.eventType === eventType,
      );
    return json(events.map((e) => this.historyJson(e)));
  }

  private failGrab(id: number): Answer {
    const grab = this.history.find((e) => e.id === id);
    if (!grab) return this.notFound();
    const { id: _id, at: _at, ...rest } = grab;
    this.remember({
      ...rest,
      eventType: "downloadFailed",
      eventNumber: 4,
      data: { message: "Manually marked as failed" },
    });
    return json({});
  }

  private queueStatus(): Answer {
    const records = (downloads: Download[]) =>
      downloads.reduce((sum, d) => sum + Math.max(1, d.episodeIds.length), 0);
    const unknown = records(this.queue.filter((d) => d.ownerId === null));
    const total = records(this.queue);
    const has = (status: string) => this.queue.some((d) => d.trackedDownloadStatus === status);
    return json({
      totalCount: total,
      count: total - unknown,
      unknownCount: unknown,
      errors: has("error"),
      warnings: has("warning"),
      unknownErrors: false,
      unknownWarnings: false,
    });
  }

  protected abstract queueRecordOwner(recordId: number): Download | null;

  private removeFromQueue(recordId: number, query: URLSearchParams): Answer {
    const download = this.queueRecordOwner(recordId);
    if (!download) return this.notFound();
    this.queue.splice(this.queue.indexOf(download), 1);
    const says = (name: string) => query.get(name) === "true";
    const { downloadId, title } = download;
    this.removals.push({
      downloadId,
      title,
      removeFromClient: query.get("removeFromClient") !== "false",
      blocklist: says("blocklist") || says("blacklist"),
      skipRedownload: says("skipRedownload"),
    });
    return json({});
  }

  private indexerJson({ name, tags, seedRatio }: FakeIndexer): JsonObject {
    return {
      enableRss: true,
      enableAutomaticSearch: true,
      enableInteractiveSearch: true,
      protocol: "torrent",
      priority: 25,
      name,
      implementation: "Torznab",
      fields: [
        { order: 0, name: "baseUrl", value: "http://127.0.0.1:9696/1/" },
        { order: 5, name: "seedCriteria.seedRatio", value: seedRatio ?? undefined },
        { order: 6, name: "seedCriteria.seedTime" },
      ],
      tags: tags.map((label) => this.tagId(label)),
      id: this.indexers.findIndex((i) => i.name === name) + 1,
    };
  }

  private takeCommand(incoming: Incoming): Answer {
    const body = asObject(incoming.body);
    if (typeof body.name !== "string") return json({ message: "Invalid command" }, 400);
    const command: Command = { id: this.newId(), name: body.name, body, at: this.now() };
    this.commands.push(command);
    return json(commandJson(command, "queued"), 201);
  }

  /** Sends the event of the Test button. */
  abstract test(): Promise<void>;

  /** A connection somebody made by hand, whatever it is for. */
  addNotification(connection: JsonObject): void {
    this.notifications.push({ ...connection, id: this.newId() });
  }

  /** Tries before it saves, refuses a name twice, and keeps a password that comes back masked. */
  private async saveNotification(
    { body: input, query }: Incoming,
    id: number | null,
  ): Promise<Answer> {
    const body = asObject(input);
    const before = this.notifications.find((n) => n.id === id);
    if (id !== null && !before) return this.notFound();
    if (this.notifications.some((n) => n.name === body.name && n !== before)) {
      return json([validationProblem("Name", "Should be unique", body.name)], 400);
    }
    const fields = fieldsOf(body).map((field) =>
      field.name === "password" && field.value === mask
        ? { ...field, value: before ? fieldsOf(before).find(isPassword)?.value : "" }
        : field,
    );
    const saved: JsonObject = { ...body, fields, id: id ?? this.newId() };
    const target = this.targetOf(saved);
    if (target === null) {
      return json([validationProblem("Url", "'Url' must not be empty.", "")], 400);
    }
    const problem = query.get("forceSave") === "true" ? null : await this.tryNotification(target);
    if (problem) return json([problem], 400);
    this.notifications = [...this.notifications.filter((n) => n !== before), saved];
    this.webhooks.target = target;
    return json(masked(saved), id === null ? 201 : 202);
  }

  private targetOf(connection: JsonObject): WebhookTarget | null {
    const field = (name: string) => fieldsOf(connection).find((f) => f.name === name)?.value;
    const url = field("url");
    if (typeof url !== "string" || !URL.canParse(url)) return null;
    const headers: Record<string, string> = {};
    const given = field("headers");
    for (const header of Array.isArray(given) ? given.map(asObject) : []) {
      if (typeof header.key === "string") headers[header.key] = String(header.value ?? "");
    }
    const password = field("password");
    if (typeof password === "string" && password !== "") {
      const pair = Buffer.from(`${field("username") ?? ""}:${password}`, "latin1");
      headers.Authorization = `Basic ${pair.toString("base64")}`;
    }
    return { url, headers };
  }

  /** Really posts the test event; answers what would be wrong with the connection. */
  private async tryNotification(target: WebhookTarget | null): Promise<JsonObject | null> {
    if (target === null) return validationProblem("Url", "'Url' must not be empty.", "");
    const before = this.webhooks.target;
    this.webhooks.target = target;
    try {
      await this.test();
    } finally {
      this.webhooks.target = before;
    }
    const outcome = this.webhooks.deliveries.at(-1)?.outcome;
    if (outcome?.kind === "answered" && outcome.status < 400) return null;
    const reason =
      outcome?.kind === "answered" ? `HTTP request failed: [${outcome.status}]` : "No answer";
    return validationProblem("Url", `Unable to send test message: ${reason}`, target.url);
  }
}

const mask = "********";
const isPassword = (field: JsonObject) => field.name === "password";
const fieldsOf = ({ fields }: JsonObject): JsonObject[] =>
  Array.isArray(fields) ? fields.map(asObject) : [];

/** Passwords never leave the service. */
function masked(connection: JsonObject): JsonObject {
  const fields = fieldsOf(connection).map((field) =>
    isPassword(field) && field.value ? { ...field, value: mask } : field,
  );
  return { ...connection, fields };
}

/** A download that has just been handed to the client. */
export function freshDownload(
  id: number,
  title: string,
  quality: Quality,
  now: Date,
): Omit<Download, "ownerId"> {
  const size = quality.resolution === 2160 ? 9_000_000_000 : 3_000_000_000;
  return {
    id,
    downloadId: `QB${String(id).padStart(38, "0")}`,
    title,
    quality,
    size,
    addedAt: now,
    episodeIds: [],
    seasonNumber: null,
    releaseGroup: "NTb",
    status: "downloading",
    trackedDownloadStatus: "ok",
    trackedDownloadState: "downloading",
    statusMessages: [],
    errorMessage: "",
    sizeLeft: Math.round(size / 2),
  };
}

/** An object, or an empty one when it is something else. */
export function asObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

function commandJson(command: Command, status: "queued" | "completed"): JsonObject {
  const finished: JsonObject =
    status === "completed"
      ? { message: "Completed", result: "successful", ended: utc(command.at) }
      : { result: "unknown" };
  return {
    name: command.name,
    commandName: command.name.replace(/(?!^)([A-Z])/g, " $1"),
    body: { ...command.body, sendUpdatesToClient: true, trigger: "manual" },
    priority: "normal",
    status,
    ...finished,
    queued: utc(command.at),
    trigger: "manual",
    sendUpdatesToClient: true,
    updateScheduledTask: true,
    id: command.id,
  };
}

function validationProblem(propertyName: string, errorMessage: string, attemptedValue: Json) {
  return {
    propertyName,
    errorMessage,
    attemptedValue,
    severity: "error",
    errorCode: "NotEmptyValidator",
  };
}

/** Switches of a connection, all off, with what the product knows of. */
function switches(names: string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`on${name}`, false],
      [`supportsOn${name}`, true],
    ]),
  );
}

const sharedSwitches = ["Grab", "Download", "Upgrade", "Rename", "HealthIssue", "HealthRestored"];

const otherSchema: JsonObject = {
  ...switches(sharedSwitches),
  name: "",
  fields: [{ order: 0, name: "botToken", label: "Bot Token", type: "textbox", advanced: false }],
  implementationName: "Telegram",
  implementation: "Telegram",
  configContract: "TelegramSettings",
  tags: [],
};

const webhookSchema: JsonObject = {
  ...switches([
    ...sharedSwitches,
    "ImportComplete",
    "SeriesAdd",
    "SeriesDelete",
    "EpisodeFileDelete",
    "EpisodeFileDeleteForUpgrade",
    "ApplicationUpdate",
    "ManualInteractionRequired",
  ]),
  name: "",
  fields: [
    { order: 0, name: "url", label: "Webhook URL", type: "url", advanced: false },
    { order: 1, name: "method", label: "Method", value: 1, type: "select", advanced: false },
    { order: 2, name: "username", label: "Username", type: "textbox", advanced: false },
    { order: 3, name: "password", label: "Password", type: "password", advanced: false },
    {
      order: 4,
      name: "headers",
      label: "Headers",
      value: [],
      type: "keyValueList",
      advanced: true,
    },
  ],
  implementationName: "Webhook",
  implementation: "Webhook",
  configContract: "WebhookSettings",
  tags: [],
};

const radarrWebhookSchema: JsonObject = {
  ...switches([
    ...sharedSwitches,
    "MovieAdded",
    "MovieDelete",
    "MovieFileDelete",
    "MovieFileDeleteForUpgrade",
    "ApplicationUpdate",
    "ManualInteractionRequired",
  ]),
  ...Object.fromEntries(
    Object.entries(webhookSchema).filter(([name]) => !/^(supports)?on/i.test(name)),
  ),
};
