import { type Answer, type Incoming, type JsonObject, json, noContent } from "./fake-server";
import { posterAnswer } from "./poster-files";
import { SeerrActions, type SeerrOptions, type SeerrService } from "./seerr-actions";
import {
  issueTypes,
  type MediaStatusName,
  mediaJson,
  mediaSeasonsJson,
  movieDetails,
  pageOf,
  type RequestStatusName,
  requestStatus,
  type SeerrIssue,
  type SeerrRequest,
  type SeerrUser,
  seasonDetails,
  showDetails,
  userJson,
} from "./seerr-model";
import { asObject } from "./servarr-server";
import { seasonNumbers, type Title } from "./world";

const requestFilters: Record<string, { request: RequestStatusName[]; media?: MediaStatusName[] }> =
  {
    approved: { request: ["APPROVED"] },
    processing: {
      request: ["APPROVED"],
      media: ["UNKNOWN", "PENDING", "PROCESSING", "PARTIALLY_AVAILABLE"],
    },
    pending: { request: ["PENDING"] },
    unavailable: {
      request: ["PENDING", "APPROVED"],
      media: ["UNKNOWN", "PENDING", "PROCESSING", "PARTIALLY_AVAILABLE"],
    },
    failed: { request: ["FAILED"] },
    completed: { request: ["COMPLETED"] },
    available: { request: ["COMPLETED"], media: ["AVAILABLE"] },
    deleted: { request: ["COMPLETED"], media: ["DELETED"] },
  };

/** A Seerr 3.1 as its API answers. */
export class FakeSeerr extends SeerrActions {
  constructor(options: SeerrOptions) {
    super(options);
    this.addRoutes();
  }

  protected override guard(incoming: Incoming): Answer | null {
    if (!incoming.path.startsWith("/api/v1/") || incoming.path === "/api/v1/status") return null;
    const key = incoming.headers["x-api-key"];
    if (key === this.apiKey) return null;
    if (key !== undefined) {
      return json(
        { status: 403, error: "You do not have permission to access this endpoint" },
        403,
      );
    }
    const message = "cookie 'connect.sid' required";
    return json({ message, errors: [{ path: incoming.path, message }] }, 401);
  }

  private addRoutes(): void {
    this.route("GET", "/api/v1/status", () =>
      json({
        version: this.version,
        commitTag: "local",
        updateAvailable: false,
        commitsBehind: 0,
        restartRequired: false,
      }),
    );
    this.route("GET", "/api/v1/settings/about", () =>
      json({
        version: this.version,
        totalMediaItems: this.media.length,
        totalRequests: this.userRequests.length,
        tz: "Europe/London",
        appDataPath: "/app/config",
      }),
    );
    this.route("GET", "/api/v1/auth/me", () => json(this.userView(this.owner)));
    this.addUserRoutes();
    this.addRequestRoutes();
    this.addTitleRoutes();
    this.addIssueRoutes();
    this.addSettingsRoutes();
    this.route("GET", "/imageproxy/tmdb/t/p/:size/:file", ({ params }) =>
      posterAnswer(params.file ?? ""),
    );
  }

  private addUserRoutes(): void {
    this.route("GET", "/api/v1/user", ({ query }) => {
      const sort = query.get("sort");
      const users = [...this.users];
      if (sort === "updated") users.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
      else if (sort === "displayname") {
        users.sort((a, b) => a.displayName.localeCompare(b.displayName));
      } else if (sort === "requests") {
        users.sort((a, b) => this.requestCount(b) - this.requestCount(a));
      } else users.sort((a, b) => a.id - b.id);
      return json(page(users, (u) => this.userView(u), query, 10));
    });
    this.route("GET", "/api/v1/user/:id", ({ params }) => {
      const user = this.users.find((u) => u.id === Number(params.id));
      return user ? json(this.userView(user)) : json({ message: "User not found." }, 404);
    });
    this.route("GET", "/api/v1/user/:id/requests", ({ params, query }) => {
      const found = this.userRequests.filter((r) => r.requestedBy.id === Number(params.id));
      return json(page([...found].reverse(), (r) => this.requestView(r), query, 20));
    });
    this.route("GET", "/api/v1/user/:id/settings/main", ({ params }) => {
      const user = this.users.find((u) => u.id === Number(params.id));
      if (!user) return json({ message: "User not found." }, 404);
      return json({ username: user.username ?? "", email: user.email, locale: "en" });
    });
  }

  private addRequestRoutes(): void {
    this.route("GET", "/api/v1/request", ({ query }) => this.listRequests(query));
    this.route("GET", "/api/v1/request/count", () => {
      const withStatus = (status: RequestStatusName) =>
        this.userRequests.filter((r) => r.status === status).length;
      return json({
        total: this.userRequests.length,
        movie: this.userRequests.filter((r) => r.title.kind === "movie").length,
        tv: this.userRequests.filter((r) => r.title.kind === "show").length,
        pending: withStatus("PENDING"),
        approved: withStatus("APPROVED"),
        declined: withStatus("DECLINED"),
        processing: withStatus("APPROVED"),
        available: withStatus("COMPLETED"),
        completed: withStatus("COMPLETED"),
      });
    });
    this.route("GET", "/api/v1/request/:id", ({ params }) => {
      const found = this.findRequest(params.id);
      return found ? json(this.requestView(found)) : json({ message: "Request not found." }, 404);
    });
    this.route("POST", "/api/v1/request", ({ body }) => this.askByApi(asObject(body)));
    this.route("POST", "/api/v1/request/:id/:verb", ({ params }) => {
      const found = this.findRequest(params.id);
      if (!found) return json({ message: "Request not found." }, 404);
      // The hooks of the real one are not waited for either.
      if (params.verb === "approve" || params.verb === "retry") void this.approve(found);
      else if (params.verb === "decline") void this.decline(found);
      else return json({ message: "Request not found." }, 404);
      return json(this.requestView(found));
    });
  }

  private addTitleRoutes(): void {
    this.route("GET", "/api/v1/search", ({ query }) => this.search(query));
    this.route("GET", "/api/v1/movie/:tmdbId", ({ params }) => {
      const movie = this.world.findMovie(Number(params.tmdbId));
      if (!movie) return json({ message: "Unable to retrieve movie." }, 500);
      return json({ ...movieDetails(movie), mediaInfo: this.mediaInfo(movie) });
    });
    this.route("GET", "/api/v1/tv/:tmdbId", ({ params }) => {
      const show = this.world.findShow(Number(params.tmdbId));
      if (!show) return json({ message: "Unable to retrieve series." }, 500);
      return json({ ...showDetails(show), mediaInfo: this.mediaInfo(show) });
    });
    this.route("GET", "/api/v1/tv/:tmdbId/season/:season", ({ params }) => {
      const show = this.world.findShow(Number(params.tmdbId));
      const season = Number(params.season);
      if (!show || !seasonNumbers(show).includes(season)) {
        return json({ message: "Unable to retrieve season." }, 500);
      }
      return json(seasonDetails(show, season));
    });
  }

  private addIssueRoutes(): void {
    this.route("GET", "/api/v1/issue", ({ query }) => {
      const filter = query.get("filter") ?? "all";
      const found = this.issues.filter(
        (i) => filter === "all" || i.status.toLowerCase() === filter,
      );
      return json(page([...found].reverse(), (i) => this.issueView(i, false), query, 10));
    });
    this.route("GET", "/api/v1/issue/count", () =>
      json({
        total: this.issues.length,
        open: this.issues.filter((i) => i.status === "OPEN").length,
        closed: this.issues.filter((i) => i.status === "RESOLVED").length,
      }),
    );
    this.route("GET", "/api/v1/issue/:id", ({ params }) => {
      const found = this.issues.find((i) => i.id === Number(params.id));
      return found ? json(this.issueView(found, true)) : json({ message: "Issue not found." }, 500);
    });
    this.route("POST", "/api/v1/issue/:id/:verb", ({ params, body }) => {
      const found = this.issues.find((i) => i.id === Number(params.id));
      if (!found) return json({ message: "Issue not found." }, 500);
      if (params.verb === "comment") {
        void this.commentOnIssue(found, this.owner, String(asObject(body).message ?? ""));
      } else void this.setIssueStatus(found, params.verb === "resolved" ? "RESOLVED" : "OPEN");
      return json(this.issueView(found, true));
    });
  }

  private addSettingsRoutes(): void {
    for (const kind of ["sonarr", "radarr"] as const) {
      this.route("GET", `/api/v1/settings/${kind}`, () => json(this.serviceViews(kind)));
    }
    this.route("GET", "/api/v1/settings/notifications/webhook", () => json(this.webhookSettings()));
    this.route("POST", "/api/v1/settings/notifications/webhook", ({ body }) =>
      this.saveWebhookSettings(asObject(body)),
    );
    this.route("POST", "/api/v1/settings/notifications/webhook/test", ({ body }) =>
      this.testWebhookSettings(asObject(body)),
    );
  }

  private listRequests(query: URLSearchParams): Answer {
    const filter = requestFilters[query.get("filter") ?? "all"];
    const requestedBy = query.get("requestedBy");
    const found = this.userRequests.filter((r) => {
      const status = r.is4k ? r.media.status4k : r.media.status;
      if (status === "BLOCKLISTED") return false;
      if (requestedBy && r.requestedBy.id !== Number(requestedBy)) return false;
      if (!filter) return true;
      return filter.request.includes(r.status) && (filter.media?.includes(status) ?? true);
    });
    const key = (r: SeerrRequest) =>
      query.get("sort") === "modified" ? r.updatedAt.getTime() : r.id;
    const direction = query.get("sortDirection") === "asc" ? -1 : 1;
    found.sort((a, b) => direction * (key(b) - key(a) || b.id - a.id));
    return json({
      ...page(found, (r) => this.requestView(r), query, 10),
      serviceErrors: { radarr: [], sonarr: [] },
    });
  }

  private search(query: URLSearchParams): Answer {
    const text = query.get("query")?.toLowerCase() ?? "";
    const found = this.world.titles.filter((t) => t.title.toLowerCase().includes(text));
    const people = { id: 31, mediaType: "person", name: "Somebody", profilePath: null };
    return json({
      page: 1,
      totalPages: 1,
      totalResults: found.length + 1,
      results: [
        people,
        ...found.slice(0, 19).map((title) => ({
          ...(title.kind === "movie" ? movieDetails(title) : showDetails(title)),
          mediaType: title.kind === "movie" ? "movie" : "tv",
          mediaInfo: this.mediaInfo(title),
        })),
      ],
    });
  }

  /** Like `MediaRequest.request` of the real one: its refusals, in its order and its words. */
  private async askByApi(body: JsonObject): Promise<Answer> {
    const user = body.userId ? this.users.find((u) => u.id === Number(body.userId)) : this.owner;
    const refused = (message: string, status: number) => json({ message }, status);
    if (!user) return refused("User not found", 500);
    const isTv = body.mediaType === "tv";
    const tmdbId = Number(body.mediaId);
    const title = isTv ? this.world.findShow(tmdbId) : this.world.findMovie(tmdbId);
    if (!title) return refused("Unable to retrieve title.", 500);
    const is4k = body.is4k === true;
    if (is4k && (user.permissions & (2 | 1024)) === 0) {
      return refused("You do not have permission to make 4K requests.", 403);
    }
    if (this.quotaReached.has(user.id)) {
      return refused(isTv ? "Series Quota exceeded." : "Movie Quota exceeded.", 403);
    }
    const taken = this.userRequests.filter(
      (r) =>
        r.title === title && r.is4k === is4k && r.status !== "DECLINED" && r.status !== "FAILED",
    );
    if (!isTv && taken.length > 0) return refused("Request for this media already exists.", 409);
    const wanted = Array.isArray(body.seasons) ? body.seasons.map(Number) : [];
    const seasons = wanted.filter((n) => !taken.some((r) => r.seasons.some((s) => s.number === n)));
    if (isTv && seasons.length === 0) return refused("No seasons available to request", 202);
    // Asked for by the owner: approved at once. The hooks of the real one are not waited for.
    const made = this.request({ user, title, seasons, is4k, autoApprove: true });
    const newest = this.userRequests.at(-1);
    void made;
    return newest ? json(this.requestView(newest), 201) : refused("Nothing was made", 500);
  }

  private findRequest(id: string | undefined): SeerrRequest | undefined {
    return this.userRequests.find((r) => r.id === Number(id));
  }

  private requestCount(user: SeerrUser): number {
    return this.userRequests.filter((r) => r.requestedBy === user).length;
  }

  private userView(user: SeerrUser): JsonObject {
    return userJson(user, this.requestCount(user));
  }

  private requestView(request: SeerrRequest): JsonObject {
    const { title } = request;
    return {
      id: request.id,
      status: requestStatus[request.status],
      createdAt: request.createdAt.toISOString(),
      updatedAt: request.updatedAt.toISOString(),
      type: title.kind === "show" ? "tv" : "movie",
      is4k: request.is4k,
      serverId: null,
      profileId: null,
      rootFolder: null,
      languageProfileId: null,
      tags: null,
      isAutoRequest: false,
      media: mediaJson(request.media, this.machineIdentifier),
      seasons: request.seasons.map((season) => ({
        id: season.id,
        seasonNumber: season.number,
        status: requestStatus[request.status],
        createdAt: request.createdAt.toISOString(),
        updatedAt: request.updatedAt.toISOString(),
      })),
      modifiedBy: request.modifiedBy ? this.userView(request.modifiedBy) : null,
      requestedBy: this.userView(request.requestedBy),
      seasonCount: request.seasons.length,
      canRemove: true,
    };
  }

  /** Undefined, so the key is left out, for a title nobody asked for yet. */
  private mediaInfo(title: Title): JsonObject | undefined {
    const media = this.media.find((m) => m.title === title);
    if (!media) return undefined;
    return {
      ...mediaJson(media, this.machineIdentifier),
      requests: this.userRequests.filter((r) => r.media === media).map((r) => this.requestView(r)),
      issues: [],
      seasons: mediaSeasonsJson(media),
    };
  }

  private issueView(issue: SeerrIssue, withUsers: boolean): JsonObject {
    return {
      id: issue.id,
      issueType: issueTypes.indexOf(issue.type) + 1,
      status: issue.status === "OPEN" ? 1 : 2,
      problemSeason: issue.season,
      problemEpisode: issue.episode,
      createdAt: issue.createdAt.toISOString(),
      updatedAt: issue.updatedAt.toISOString(),
      createdBy: this.userView(issue.createdBy),
      media: mediaJson(issue.media, this.machineIdentifier),
      modifiedBy: null,
      comments: issue.comments.map((comment) => ({
        id: comment.id,
        message: comment.message,
        createdAt: comment.createdAt.toISOString(),
        updatedAt: comment.createdAt.toISOString(),
        user: withUsers ? this.userView(comment.user) : undefined,
      })),
    };
  }

  private serviceViews(kind: SeerrService["kind"]): JsonObject[] {
    return this.services
      .filter((service) => service.kind === kind)
      .map((service, id) => {
        const url = new URL(service.url);
        return {
          id,
          name: service.name,
          hostname: url.hostname,
          port: Number(url.port),
          apiKey: service.apiKey,
          useSsl: false,
          baseUrl: url.pathname.replace(/\/$/, ""),
          activeProfileId: 4,
          activeProfileName: service.is4k ? "Ultra-HD" : "HD-1080p",
          activeDirectory: kind === "sonarr" ? "/tv" : "/movies",
          tags: [],
          is4k: service.is4k,
          isDefault: service.isDefault,
          syncEnabled: true,
          preventSearch: false,
          tagRequests: false,
        };
      });
  }

  private webhookSettings(): JsonObject {
    const { target } = this.webhook;
    return {
      enabled: target !== null,
      embedPoster: true,
      types: this.types,
      options: {
        webhookUrl: target?.url ?? "",
        jsonPayload: JSON.stringify(this.template),
        authHeader: target?.headers?.Authorization,
        supportVariables: false,
      },
    };
  }

  /** The test goes where the settings sent along say, saved or not; it answers 500 when nothing took it. */
  private async testWebhookSettings(body: JsonObject): Promise<Answer> {
    const { target } = this.webhook;
    const options = asObject(body.options);
    const { webhookUrl, authHeader } = options;
    if (typeof webhookUrl !== "string") return json({ message: "Notification settings" }, 500);
    this.webhook.target = { url: webhookUrl, headers: authorization(authHeader) };
    try {
      await this.test();
    } finally {
      this.webhook.target = target;
    }
    const outcome = this.webhook.deliveries.at(-1)?.outcome;
    return outcome?.kind === "answered" && outcome.status < 400
      ? noContent()
      : json({ message: "Failed to send webhook notification." }, 500);
  }

  /** `jsonPayload` comes encoded twice; what was stored is answered. */
  private saveWebhookSettings(body: JsonObject): Answer {
    const options = asObject(body.options);
    const template = parseTwice(options.jsonPayload);
    if (!template || typeof options.webhookUrl !== "string") {
      return json({ message: "Unable to save webhook settings." }, 500);
    }
    this.template = template;
    this.types = typeof body.types === "number" ? body.types : this.types;
    const headers = authorization(options.authHeader);
    this.webhook.target = body.enabled === false ? null : { url: options.webhookUrl, headers };
    return json(this.webhookSettings());
  }
}

function authorization(header: unknown): Record<string, string> {
  return typeof header === "string" && header !== "" ? { Authorization: header } : {};
}

function parseTwice(text: unknown): JsonObject | null {
  try {
    const once: unknown = JSON.parse(String(text));
    const twice: unknown = typeof once === "string" ? JSON.parse(once) : null;
    return twice === null ? null : asObject(twice);
  } catch {
    return null;
  }
}

function page<Entry>(
  entries: readonly Entry[],
  view: (entry: Entry) => JsonObject,
  query: URLSearchParams,
  defaultTake: number,
): JsonObject {
  const take = Number(query.get("take") ?? defaultTake) || defaultTake;
  return pageOf(entries, view, take, Number(query.get("skip") ?? 0) || 0);
}
