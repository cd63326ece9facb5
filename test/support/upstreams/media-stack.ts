import { Mailbox, type MailboxOptions } from "../mailbox";
import { addCatalogue, type Catalogue } from "./catalogue";
import type { FakeServer, RecordedRequest } from "./fake-server";
import type { ImportedFile } from "./imported-file";
import { FakePlex } from "./plex";
import type { PlexOptions } from "./plex-actions";
import { FakeTmdbImages } from "./poster-files";
import { FakeRadarr, type RadarrOptions } from "./radarr";
import { FakeSeerr } from "./seerr";
import type { SeerrRequest, ServiceLink } from "./seerr-model";
import { FakeSonarr } from "./sonarr";
import type { SonarrOptions } from "./sonarr-actions";
import { slug } from "./sonarr-model";
import { World } from "./world";

/** One Sonarr or Radarr: `name` is empty for the default one, else `anime`, `4k`, `kids`, …. */
export type InstancePlan<O> = { name: string } & Partial<Omit<O, "key" | "instanceName">>;

export type MediaStackOptions = {
  /** What the services think the time is. */
  now?: () => Date;
  /** Default: the default one and `anime`. */
  sonarr?: InstancePlan<SonarrOptions>[];
  /** Default: the default one and `4k`. */
  radarr?: InstancePlan<RadarrOptions>[];
  plex?: Pick<PlexOptions, "libraries" | "port">;
  seerr?: { port?: number; version?: string };
  mailbox?: MailboxOptions;
  tmdbImagesPort?: number;
  /** Seerr adds approved titles to Sonarr and Radarr by itself (default true). */
  addApproved?: boolean;
};

export type ConnectOptions = {
  /** Sent by every sender: Seerr as `Authorization`, Sonarr and Radarr as `X-Webhook-Secret`. */
  secret?: string;
  /** `suffixed`: `/webhooks/sonarr/anime` for the instance `anime` (default); `plain`: all without a suffix. */
  paths?: "suffixed" | "plain";
};

const machineIdentifier = "5a1e0c4f9b7d42e3a86f1c0d7e9b2a4453c8d1f0";

/**
 * The services BingeAlert talks to, simulated: one Seerr, any number of Sonarr and Radarr, Plex, posters and a real
 * SMTP server, all on loopback, sharing one world of titles.
 */
export class MediaStack {
  readonly world = new World();
  /** The invented titles, ready to be asked for. */
  readonly titles: Catalogue;
  readonly seerr: FakeSeerr;
  readonly sonarrs: FakeSonarr[];
  readonly radarrs: FakeRadarr[];
  readonly plex: FakePlex;
  readonly tmdbImages: FakeTmdbImages;
  readonly mailbox: Mailbox;
  private followMs: number | null = null;

  constructor(options: MediaStackOptions = {}) {
    const clock = options.now ? { now: options.now } : {};
    this.titles = addCatalogue(this.world, options.now?.() ?? new Date());
    this.seerr = new FakeSeerr({
      world: this.world,
      apiKey: "seerr-key",
      machineIdentifier,
      ...clock,
      ...options.seerr,
    });
    this.sonarrs = (options.sonarr ?? [{ name: "" }, { name: "anime", firstSeriesId: 1 }]).map(
      ({ name, ...rest }) =>
        new FakeSonarr({
          apiKey: `sonarr-${name || "main"}-key`,
          version: "4.0.19.2979",
          isFourK: isFourKName(name),
          ...clock,
          ...rest,
          ...naming("sonarr", name),
        }),
    );
    this.radarrs = (options.radarr ?? [{ name: "" }, { name: "4k" }]).map(
      ({ name, ...rest }) =>
        new FakeRadarr({
          apiKey: `radarr-${name || "main"}-key`,
          version: "6.0.3.10213",
          isFourK: isFourKName(name),
          ...clock,
          ...rest,
          ...naming("radarr", name),
        }),
    );
    this.plex = new FakePlex({ token: "plex-token", machineIdentifier, ...clock, ...options.plex });
    this.tmdbImages = new FakeTmdbImages(
      options.tmdbImagesPort ? { port: options.tmdbImagesPort } : {},
    );
    this.mailbox = new Mailbox(options.mailbox);
    for (const instance of [...this.sonarrs, ...this.radarrs]) {
      instance.importListeners.push((files) => this.passToPlex(files));
    }
    if (options.addApproved ?? true) this.seerr.onApproved = (request) => this.addApproved(request);
  }

  /** The default Sonarr. */
  get sonarr(): FakeSonarr {
    return this.instance(this.sonarrs, "sonarr");
  }

  /** The Sonarr for anime, when there is one. */
  get sonarrAnime(): FakeSonarr {
    return this.instance(this.sonarrs, "sonarr-anime");
  }

  /** The default Radarr. */
  get radarr(): FakeRadarr {
    return this.instance(this.radarrs, "radarr");
  }

  /** The Radarr for 4K, when there is one. */
  get radarr4k(): FakeRadarr {
    return this.instance(this.radarrs, "radarr-4k");
  }

  /** Every HTTP service. */
  get services(): FakeServer[] {
    return [this.seerr, ...this.sonarrs, ...this.radarrs, this.plex, this.tmdbImages];
  }

  /** Requests that no service was told how to answer, as `Sonarr: GET /api/v3/…`. */
  get unexpected(): string[] {
    const words = (name: string, r: RecordedRequest) => `${name}: ${r.method} ${r.path}`;
    return this.services.flatMap((s) => s.unexpected.map((r) => words(s.name, r)));
  }

  /** Starts everything; rejects when a port is taken. */
  async start(): Promise<void> {
    await Promise.all([...this.services.map((s) => s.start()), this.mailbox.start()]);
    for (const instance of [...this.sonarrs, ...this.radarrs]) {
      this.seerr.services.push({
        kind: instance instanceof FakeSonarr ? "sonarr" : "radarr",
        name: instance.instanceName,
        url: instance.url,
        apiKey: instance.apiKey,
        is4k: instance.isFourK,
        isDefault: instance.key === "sonarr" || instance.key === "radarr" || instance.isFourK,
      });
    }
  }

  /** Stops everything and cuts open connections. */
  async stop(): Promise<void> {
    await Promise.all([...this.services.map((s) => s.stop()), this.mailbox.stop()]);
  }

  /** The environment variables that point BingeAlert at this stack. */
  env(): Record<string, string> {
    const env: Record<string, string> = {
      JELLYSEERR_URL: this.seerr.url,
      JELLYSEERR_API_KEY: this.seerr.apiKey,
      PLEX_URL: this.plex.url,
      PLEX_TOKEN: this.plex.token,
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(this.mailbox.port),
      SMTP_SECURITY: "none",
      SMTP_FROM: "BingeAlert <bingealert@example.net>",
      ADMIN_EMAIL: "admin@example.net",
      TMDB_IMAGE_URL: this.tmdbImages.url,
    };
    for (const instance of [...this.sonarrs, ...this.radarrs]) {
      const prefix = instance.key.toUpperCase().replaceAll("-", "_");
      env[`${prefix}_URL`] = instance.url;
      env[`${prefix}_API_KEY`] = instance.apiKey;
    }
    return env;
  }

  /** Sets the webhooks of all services to BingeAlert at that address, such as `http://127.0.0.1:8000`. */
  connect(baseUrl: string, options: ConnectOptions = {}): void {
    const { secret } = options;
    this.seerr.webhook.target = {
      url: `${baseUrl}/webhooks/jellyseerr`,
      ...(secret ? { headers: { Authorization: secret } } : {}),
    };
    for (const instance of [...this.sonarrs, ...this.radarrs]) {
      const [kind, ...rest] = instance.key.split("-");
      const suffix = rest.length > 0 && options.paths !== "plain" ? `/${rest.join("-")}` : "";
      instance.webhooks.target = {
        url: `${baseUrl}/webhooks/${kind}${suffix}`,
        ...(secret ? { headers: { "X-Webhook-Secret": secret } } : {}),
      };
    }
  }

  /** Removes all webhooks, as if nobody had set them up. */
  disconnect(): void {
    this.seerr.webhook.target = null;
    for (const instance of [...this.sonarrs, ...this.radarrs]) instance.webhooks.target = null;
  }

  /** From now on Plex shows every imported file this long after its import; null stops that. */
  plexFollows(afterMs: number | null): void {
    this.followMs = afterMs;
  }

  /** The instance that serves a request, by class and kind of show. */
  instanceFor(request: SeerrRequest): FakeSonarr | FakeRadarr {
    const { title, is4k } = request;
    if (title.kind === "movie") {
      const radarr = this.radarrs.find((r) => r.isFourK === is4k);
      if (!radarr) throw new Error(`No Radarr serves ${is4k ? "4K" : "HD"} requests`);
      return radarr;
    }
    const fitting = this.sonarrs.filter((s) => s.isFourK === is4k);
    const anime = title.seriesType === "anime" && fitting.find((s) => s.key === "sonarr-anime");
    const sonarr = anime || fitting[0];
    if (!sonarr) throw new Error(`No Sonarr serves ${is4k ? "4K" : "HD"} requests`);
    return sonarr;
  }

  private async addApproved(request: SeerrRequest): Promise<ServiceLink> {
    const instance = this.instanceFor(request);
    const serviceId = this.seerr.services
      .filter((s) => s.kind === (instance instanceof FakeSonarr ? "sonarr" : "radarr"))
      .findIndex((s) => s.url === instance.url);
    const { title, requestedBy } = request;
    const tags = [`${requestedBy.id}-${slug(requestedBy.displayName)}`];
    if (title.kind === "show" && instance instanceof FakeSonarr) {
      const series = await instance.addSeries(title, { tags });
      const page = `${instance.url}/series/${slug(title.title)}`;
      return { serviceId, externalId: series.id, slug: slug(title.title), url: page };
    }
    if (title.kind === "movie" && instance instanceof FakeRadarr) {
      const movie = await instance.addMovie(title, { tags });
      const page = `${instance.url}/movie/${title.tmdbId}`;
      return { serviceId, externalId: movie.id, slug: String(title.tmdbId), url: page };
    }
    throw new Error(`${instance.name} cannot hold ${title.title}`);
  }

  private passToPlex(files: ImportedFile[]): void {
    if (this.followMs !== null) this.plex.show(files, { afterMs: this.followMs });
  }

  private instance<T extends { key: string }>(instances: T[], key: string): T {
    const found = instances.find((i) => i.key === key);
    if (!found) throw new Error(`This stack has no ${key}`);
    return found;
  }
}

/** Starts a simulated media stack; the caller stops it. */
export async function startMediaStack(options: MediaStackOptions = {}): Promise<MediaStack> {
  const stack = new MediaStack(options);
  try {
    await stack.start();
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

function naming(kind: "sonarr" | "radarr", name: string): { key: string; instanceName: string } {
  const product = kind === "sonarr" ? "Sonarr" : "Radarr";
  if (name === "") return { key: kind, instanceName: product };
  const word = isFourKName(name) ? "4K" : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { key: `${kind}-${name}`, instanceName: `${product} ${word}` };
}

function isFourKName(name: string): boolean {
  return name.toLowerCase() === "4k";
}
