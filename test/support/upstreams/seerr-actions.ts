import { FakeServer, type FakeServerOptions, type JsonObject } from "./fake-server";
import {
  type IssueEvent,
  issueInput,
  type RequestEvent,
  requestInput,
} from "./seerr-announcements";
import type {
  IssueTypeName,
  MediaStatusName,
  RequestStatusName,
  SeerrIssue,
  SeerrMedia,
  SeerrRequest,
  SeerrUser,
  ServiceLink,
} from "./seerr-model";
import {
  defaultTemplate,
  eventBits,
  renderTemplate,
  type SeerrEvent,
  type TemplateInput,
  type TemplateVariables,
} from "./seerr-webhook";
import { WebhookSender } from "./webhook-sender";
import { seasonNumbers, type Title, type World } from "./world";

export type SeerrOptions = FakeServerOptions & {
  world: World;
  apiKey: string;
  version?: string;
  /** Plex's, for the links Seerr builds. */
  machineIdentifier: string;
};

export type NewUser = {
  displayName: string;
  email?: string;
  id?: number;
  userType?: SeerrUser["userType"];
};

export type NewRequest = {
  user: SeerrUser;
  title: Title;
  /** Season numbers; default all but the specials. Not for movies. */
  seasons?: number[];
  is4k?: boolean;
  /** Approved at once (MEDIA_AUTO_APPROVED) instead of pending (MEDIA_PENDING). */
  autoApprove?: boolean;
  /** No webhook, as if it had been made while BingeAlert was away. */
  silent?: boolean;
};

/** A Sonarr or Radarr that Seerr is connected to. */
export type SeerrService = {
  kind: "sonarr" | "radarr";
  name: string;
  url: string;
  apiKey: string;
  is4k: boolean;
  isDefault: boolean;
};

/** What happens in a Seerr 3.1: its users, requests, media, issues and the one webhook it has. */
export abstract class SeerrActions extends FakeServer {
  readonly apiKey: string;
  readonly users: SeerrUser[] = [];
  readonly userRequests: SeerrRequest[] = [];
  readonly media: SeerrMedia[] = [];
  readonly issues: SeerrIssue[] = [];
  readonly services: SeerrService[] = [];
  /** Ids of users who may ask for nothing more now. */
  readonly quotaReached = new Set<number>();
  /** Sends the webhook; `webhook.deliveries` says how each went. */
  readonly webhook: WebhookSender;
  /** Called when a request is approved, to add the title to Sonarr or Radarr as the real one does. */
  onApproved: ((request: SeerrRequest) => Promise<ServiceLink | null>) | null = null;
  protected readonly world: World;
  protected readonly version: string;
  protected readonly machineIdentifier: string;
  protected template: JsonObject = defaultTemplate;
  protected types = Object.values(eventBits).reduce((sum, bit) => sum + bit, 0);
  protected nextId = 1;
  protected nextRequestId = 101;

  constructor(options: SeerrOptions) {
    super("Seerr", options);
    this.world = options.world;
    this.apiKey = options.apiKey;
    this.version = options.version ?? "3.1.0";
    this.machineIdentifier = options.machineIdentifier;
    this.webhook = new WebhookSender({
      userAgent: "axios/1.12.2",
      redirects: "follow",
      indent: 0,
      now: this.now,
    });
    this.addUser({ displayName: "Mika Keller", email: "admin@example.net" }).permissions = 2;
  }

  /** The owner, user 1, as whom API calls act. */
  get owner(): SeerrUser {
    const owner = this.users[0];
    if (!owner) throw new Error("Seerr has no owner");
    return owner;
  }

  /** Adds a user. Without an address the e-mail is empty, as after some imports. */
  addUser(input: NewUser): SeerrUser {
    const id = input.id ?? Math.max(0, ...this.users.map((u) => u.id)) + 1;
    const userType = input.userType ?? 1;
    const user: SeerrUser = {
      id,
      displayName: input.displayName,
      email: input.email ?? "",
      plexUsername: userType === 1 ? input.displayName : null,
      jellyfinUsername: userType === 3 ? input.displayName : null,
      username: userType === 2 ? input.displayName : null,
      userType,
      permissions: 32,
      avatar: userType === 1 ? `https://plex.tv/users/${id}/avatar?c=1` : `/avatarproxy/${id}?v=1`,
      createdAt: this.now(),
      updatedAt: this.now(),
    };
    this.users.push(user);
    return user;
  }

  /** Deletes a user together with what they asked for. */
  removeUser(user: SeerrUser): void {
    this.users.splice(this.users.indexOf(user), 1);
    for (const request of this.userRequests.filter((r) => r.requestedBy === user)) {
      this.delete(request);
    }
  }

  /**
   * Somebody asks for a title: creates the request and sends MEDIA_PENDING, or MEDIA_AUTO_APPROVED after adding it
   * to Sonarr or Radarr. The same movie, or season, cannot be asked for twice in one quality: that throws.
   */
  async request(input: NewRequest): Promise<SeerrRequest> {
    const { title, user } = input;
    const is4k = input.is4k ?? false;
    const wanted =
      title.kind === "show" ? (input.seasons ?? seasonNumbers(title).filter((n) => n > 0)) : [];
    this.refuseDuplicate(title, is4k, wanted);
    const media = this.mediaOf(title);
    const request: SeerrRequest = {
      id: this.nextRequestId++,
      status: input.autoApprove ? "APPROVED" : "PENDING",
      media,
      title,
      is4k,
      seasons: wanted.map((number) => ({ id: this.newId(), number })),
      requestedBy: user,
      modifiedBy: input.autoApprove ? user : null,
      createdAt: this.now(),
      updatedAt: this.now(),
    };
    this.userRequests.push(request);
    for (const number of wanted) this.seasonOf(media, number);
    this.raise(media, is4k, wanted, "PENDING");
    const announcement = input.autoApprove ? "MEDIA_AUTO_APPROVED" : "MEDIA_PENDING";
    if (!input.silent) await this.announceRequest(announcement, request);
    if (input.autoApprove) await this.hand(request);
    return request;
  }

  /** The admin approves: MEDIA_APPROVED, and the title goes to Sonarr or Radarr. */
  async approve(request: SeerrRequest, options: { silent?: boolean } = {}): Promise<void> {
    this.change(request, "APPROVED");
    if (!options.silent && request.media.status !== "AVAILABLE") {
      await this.announceRequest("MEDIA_APPROVED", request);
    }
    await this.hand(request);
  }

  /** The admin declines: MEDIA_DECLINED. */
  async decline(request: SeerrRequest, options: { silent?: boolean } = {}): Promise<void> {
    this.change(request, "DECLINED");
    if (!options.silent) await this.announceRequest("MEDIA_DECLINED", request);
  }

  /** Adding to Sonarr or Radarr failed: MEDIA_FAILED. */
  async failRequest(request: SeerrRequest): Promise<void> {
    this.change(request, "FAILED");
    await this.announceRequest("MEDIA_FAILED", request);
  }

  /** Removes a request; Seerr sends nothing about it. */
  delete(request: SeerrRequest): void {
    this.userRequests.splice(this.userRequests.indexOf(request), 1);
  }

  /**
   * A scan found a title (or whole seasons of it) complete: approved requests it covers become COMPLETED and each
   * gets its MEDIA_AVAILABLE.
   */
  async markAvailable(
    title: Title,
    options: { is4k?: boolean; seasons?: number[]; ratingKey?: string; silent?: boolean } = {},
  ): Promise<void> {
    const media = this.mediaOf(title);
    const is4k = options.is4k ?? false;
    const seasons =
      title.kind === "show" ? (options.seasons ?? seasonNumbers(title).filter((n) => n > 0)) : [];
    for (const number of seasons) {
      const season = this.seasonOf(media, number);
      if (is4k) season.status4k = "AVAILABLE";
      else season.status = "AVAILABLE";
    }
    const complete =
      title.kind === "movie" || seasonNumbers(title).every((n) => n === 0 || seasons.includes(n));
    this.setStatus(media, is4k, complete ? "AVAILABLE" : "PARTIALLY_AVAILABLE");
    if (options.ratingKey && is4k) media.ratingKey4k = options.ratingKey;
    else if (options.ratingKey) media.ratingKey = options.ratingKey;
    media.addedAt ??= this.now();
    const finished = this.userRequests.filter(
      (r) =>
        r.media === media &&
        r.is4k === is4k &&
        r.status === "APPROVED" &&
        r.seasons.every((s) => seasons.includes(s.number)),
    );
    for (const request of finished) {
      this.change(request, "COMPLETED");
      if (!options.silent) await this.announceRequest("MEDIA_AVAILABLE", request);
    }
  }

  /** Somebody reports a problem: ISSUE_CREATED. Season and episode 0 mean all of it. */
  async reportIssue(input: {
    user: SeerrUser;
    title: Title;
    type: IssueTypeName;
    message: string;
    season?: number;
    episode?: number;
  }): Promise<SeerrIssue> {
    const issue: SeerrIssue = {
      id: this.newId(),
      type: input.type,
      status: "OPEN",
      season: input.season ?? 0,
      episode: input.episode ?? 0,
      media: this.mediaOf(input.title),
      createdBy: input.user,
      comments: [],
      createdAt: this.now(),
      updatedAt: this.now(),
    };
    this.addComment(issue, input.user, input.message);
    this.issues.push(issue);
    await this.announceIssue("ISSUE_CREATED", issue);
    return issue;
  }

  /** A further comment on an issue: ISSUE_COMMENT. */
  async commentOnIssue(issue: SeerrIssue, user: SeerrUser, message: string): Promise<void> {
    this.addComment(issue, user, message);
    await this.announceIssue("ISSUE_COMMENT", issue);
  }

  /** Resolves or reopens an issue: ISSUE_RESOLVED, ISSUE_REOPENED. */
  async setIssueStatus(issue: SeerrIssue, status: SeerrIssue["status"]): Promise<void> {
    issue.status = status;
    issue.updatedAt = this.now();
    await this.announceIssue(status === "RESOLVED" ? "ISSUE_RESOLVED" : "ISSUE_REOPENED", issue);
  }

  /** The test button of the webhook's settings. */
  async test(): Promise<void> {
    await this.send("TEST_NOTIFICATION", {
      variables: {
        subject: "Test Notification",
        message: "Check check, 1, 2, 3. Are we coming in clear?",
      },
      has: { media: false, request: false, issue: false, comment: false },
      extra: [],
    });
  }

  /** Replaces the webhook's template, as an admin who edits it would. */
  useTemplate(template: JsonObject): void {
    this.template = template;
  }

  /** What Seerr knows of a title, made on first sight. */
  mediaOf(title: Title): SeerrMedia {
    const known = this.media.find((m) => m.title === title);
    if (known) return known;
    const media: SeerrMedia = {
      id: this.newId(),
      title,
      status: "UNKNOWN",
      status4k: "UNKNOWN",
      seasons: new Map(),
      ratingKey: null,
      ratingKey4k: null,
      service: null,
      service4k: null,
      addedAt: null,
      createdAt: this.now(),
      updatedAt: this.now(),
    };
    this.media.push(media);
    return media;
  }

  protected newId(): number {
    return this.nextId++;
  }

  protected refuseDuplicate(title: Title, is4k: boolean, seasons: number[]): void {
    const live = this.userRequests.filter(
      (r) =>
        r.title === title && r.is4k === is4k && r.status !== "DECLINED" && r.status !== "FAILED",
    );
    const taken = live.some(
      (r) => title.kind === "movie" || r.seasons.some((s) => seasons.includes(s.number)),
    );
    if (taken) throw new Error(`${title.title} is already requested; Seerr answers 409`);
  }

  protected change(request: SeerrRequest, status: RequestStatusName): void {
    request.status = status;
    request.modifiedBy = this.owner;
    request.updatedAt = this.now();
  }

  protected async hand(request: SeerrRequest): Promise<void> {
    this.raise(
      request.media,
      request.is4k,
      request.seasons.map((s) => s.number),
      "PROCESSING",
    );
    const link = (await this.onApproved?.(request)) ?? null;
    if (link && request.is4k) request.media.service4k = link;
    else if (link) request.media.service = link;
  }

  protected seasonOf(media: SeerrMedia, number: number) {
    const known = media.seasons.get(number);
    if (known) return known;
    const season = {
      id: this.newId(),
      status: "UNKNOWN" as MediaStatusName,
      status4k: "UNKNOWN" as MediaStatusName,
    };
    media.seasons.set(number, season);
    return season;
  }

  /** Lifts unknown or pending media and seasons; never takes availability back. */
  protected raise(
    media: SeerrMedia,
    is4k: boolean,
    seasons: number[],
    to: "PENDING" | "PROCESSING",
  ) {
    const low: MediaStatusName[] = ["UNKNOWN", "PENDING", "DELETED"];
    if (low.includes(is4k ? media.status4k : media.status)) this.setStatus(media, is4k, to);
    for (const number of seasons) {
      const season = this.seasonOf(media, number);
      if (is4k && low.includes(season.status4k)) season.status4k = to;
      if (!is4k && low.includes(season.status)) season.status = to;
    }
  }

  protected setStatus(media: SeerrMedia, is4k: boolean, status: MediaStatusName): void {
    if (is4k) media.status4k = status;
    else media.status = status;
    media.updatedAt = this.now();
  }

  protected addComment(issue: SeerrIssue, user: SeerrUser, message: string): void {
    issue.comments.push({ id: this.newId(), message, user, createdAt: this.now() });
    issue.updatedAt = this.now();
  }

  protected async announceRequest(event: RequestEvent, request: SeerrRequest): Promise<void> {
    await this.send(event, requestInput(event, request));
  }

  protected async announceIssue(event: IssueEvent, issue: SeerrIssue): Promise<void> {
    await this.send(event, issueInput(event, issue));
  }

  protected async send(event: SeerrEvent, input: TemplateInput): Promise<void> {
    if (event !== "TEST_NOTIFICATION" && (this.types & eventBits[event]) === 0) return;
    const variables: TemplateVariables = { ...input.variables, notification_type: event };
    await this.webhook.send(event, renderTemplate(this.template, { ...input, variables }));
  }
}
