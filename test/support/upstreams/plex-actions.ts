import { FakeServer, type FakeServerOptions } from "./fake-server";
import type { ImportedFile } from "./imported-file";
import {
  episodeIdentity,
  type Identity,
  movieIdentity,
  type PlexItem,
  type PlexLibrary,
  type PlexMedia,
  seasonIdentity,
  showIdentity,
} from "./plex-model";
import { episodeOf, type MovieTitle, type ShowTitle } from "./world";

export type PlexOptions = FakeServerOptions & {
  token: string;
  machineIdentifier: string;
  /** Replaces the standard libraries (1 Movies, 2 TV Shows, 3 Movies 4K, 4 TV Shows 4K). */
  libraries?: PlexLibrary[];
};

/** When and where a file shows up. */
export type Showing = {
  /** Milliseconds from now. */
  afterMs?: number;
  /** A moment, instead of `afterMs`. */
  at?: Date;
  /** Section key or title; without it the first library of the right kind and class. */
  library?: string;
};

const standardLibraries: PlexLibrary[] = [
  {
    key: "1",
    type: "movie",
    title: "Movies",
    path: "/data/movies",
    agent: "tv.plex.agents.movie",
    isFourK: false,
  },
  {
    key: "2",
    type: "show",
    title: "TV Shows",
    path: "/data/tv",
    agent: "tv.plex.agents.series",
    isFourK: false,
  },
  {
    key: "3",
    type: "movie",
    title: "Movies 4K",
    path: "/data/movies-4k",
    agent: "tv.plex.agents.movie",
    isFourK: true,
  },
  {
    key: "4",
    type: "show",
    title: "TV Shows 4K",
    path: "/data/tv-4k",
    agent: "tv.plex.agents.series",
    isFourK: true,
  },
];

/** What happens on a Plex Media Server: libraries, and items that appear late. */
export abstract class PlexActions extends FakeServer {
  readonly token: string;
  readonly machineIdentifier: string;
  readonly libraries: PlexLibrary[];
  /** Every item, also those not visible yet. */
  readonly items: PlexItem[] = [];
  /** What each item stands for, also while it is unmatched. */
  protected readonly seeds = new Map<PlexItem, string>();
  protected nextRatingKey = 5001;
  protected nextMediaId = 1;

  constructor(options: PlexOptions) {
    super("Plex", options);
    this.token = options.token;
    this.machineIdentifier = options.machineIdentifier;
    this.libraries = options.libraries ?? standardLibraries.map((l) => ({ ...l }));
  }

  /** Adds a library, such as a second one of a type, or one with a legacy agent. */
  addLibrary(library: Omit<PlexLibrary, "key" | "isFourK"> & { isFourK?: boolean }): PlexLibrary {
    const key = String(Math.max(0, ...this.libraries.map((l) => Number(l.key))) + 1);
    const added: PlexLibrary = { isFourK: false, ...library, key };
    this.libraries.push(added);
    return added;
  }

  /**
   * Makes imported files playable: the movie, or show, season and episode, each with its media part. Comes into
   * view at once or later. Resolves to the leaf items (movies or episodes).
   */
  show(files: ImportedFile | ImportedFile[], showing: Showing = {}): PlexItem[] {
    const at = this.moment(showing);
    return listOf(files).flatMap((file) =>
      this.leavesOf(file, at, showing.library).map((leaf) => {
        this.addMedia(leaf, file, at);
        return leaf;
      }),
    );
  }

  /** The item is there and matched, but not analysed: no `Media` yet. `show` adds it later. */
  addWithoutMedia(files: ImportedFile | ImportedFile[], showing: Showing = {}): PlexItem[] {
    const at = this.moment(showing);
    return listOf(files).flatMap((file) => this.leavesOf(file, at, showing.library));
  }

  /** The file is in the library but matched to nothing: a `local://` guid, no external ids. */
  unmatched(file: ImportedFile, showing: Showing & { withMedia?: boolean } = {}): PlexItem[] {
    const at = this.moment(showing);
    const leaves = this.leavesOf(file, at, showing.library);
    for (const leaf of leaves) {
      for (let item: PlexItem | null = leaf; item; item = item.parent) {
        item.guid = `local://${item.ratingKey}`;
        item.guids = [];
      }
      leaf.title = basename(file.path);
      if (showing.withMedia ?? true) this.addMedia(leaf, file, at);
    }
    return leaves;
  }

  /** Plex has recognised an item that was unmatched. */
  match(items: PlexItem[], file: ImportedFile): void {
    for (const item of items) {
      const library = this.libraryOf(item);
      if (file.kind === "movie") this.identify(item, movieIdentity(file.movie, library.agent));
      else if (item.index !== null) {
        const episode = episodeOf(file.show, file.season, item.index);
        this.identify(item, episodeIdentity(file.show, episode, library.agent));
        if (item.parent)
          this.identify(item.parent, seasonIdentity(file.show, file.season, library.agent));
        if (item.parent?.parent)
          this.identify(item.parent.parent, showIdentity(file.show, library.agent));
      }
    }
  }

  /** Takes items out, with what lies below them; asking for one by its key gives 404 from now on. */
  hide(items: PlexItem | PlexItem[]): void {
    for (const item of listOf(items)) {
      for (const gone of this.items.filter((i) => i === item || isBelow(i, item))) {
        this.items.splice(this.items.indexOf(gone), 1);
      }
    }
  }

  /** The file is gone but the trash was not emptied: only `checkFiles=1` shows it. */
  loseFile(items: PlexItem | PlexItem[]): void {
    for (const item of listOf(items)) for (const media of item.media) media.part.isOnDisk = false;
  }

  /** The items of a title that can be seen now, leaves only. */
  visible(title: MovieTitle | ShowTitle): PlexItem[] {
    const now = this.now();
    const roots = this.items.filter((i) => this.standsFor(i, title));
    return this.items.filter(
      (i) =>
        (i.type === "movie" || i.type === "episode") &&
        i.visibleAt <= now &&
        roots.includes(rootOf(i)),
    );
  }

  protected moment(showing: Showing): Date {
    return showing.at ?? new Date(this.now().getTime() + (showing.afterMs ?? 0));
  }

  protected libraryFor(file: ImportedFile, wanted: string | undefined): PlexLibrary {
    const type = file.kind === "movie" ? "movie" : "show";
    const isFourK = file.quality.resolution === 2160;
    const fitting = this.libraries.filter((l) => l.type === type);
    const library = wanted
      ? fitting.find((l) => l.key === wanted || l.title === wanted)
      : (fitting.find((l) => l.isFourK === isFourK) ?? fitting[0]);
    if (!library)
      throw new Error(`Plex has no ${type} library${wanted ? ` called ${wanted}` : ""}`);
    return library;
  }

  /** Finds or makes the movie, or the episodes with their season and show. */
  protected leavesOf(file: ImportedFile, at: Date, wanted: string | undefined): PlexItem[] {
    const library = this.libraryFor(file, wanted);
    if (file.kind === "movie") {
      const { movie } = file;
      return [
        this.findOrAdd(library, null, null, at, {
          type: "movie",
          seed: `movie:${movie.tmdbId}`,
          identity: movieIdentity(movie, library.agent),
          title: movie.title,
          year: movie.year,
          runtimeMinutes: movie.runtime,
          releasedAt: movie.inCinemas,
        }),
      ];
    }
    const { show } = file;
    const first = show.episodes[0]?.airsAt ?? null;
    const branch = { year: show.year, runtimeMinutes: show.runtime, releasedAt: first };
    const root = this.findOrAdd(library, null, null, at, {
      type: "show",
      seed: `show:${show.tvdbId}`,
      identity: showIdentity(show, library.agent),
      title: show.title,
      ...branch,
    });
    const season = this.findOrAdd(library, root, file.season, at, {
      type: "season",
      seed: `season:${show.tvdbId}:${file.season}`,
      identity: seasonIdentity(show, file.season, library.agent),
      title: file.season === 0 ? "Specials" : `Season ${file.season}`,
      ...branch,
    });
    return file.numbers.map((number) => {
      const episode = episodeOf(show, file.season, number);
      return this.findOrAdd(library, season, number, at, {
        type: "episode",
        seed: `episode:${episode.tvdbId}`,
        identity: episodeIdentity(show, episode, library.agent),
        title: episode.title,
        year: episode.airsAt?.getUTCFullYear() ?? null,
        runtimeMinutes: show.runtime,
        releasedAt: episode.airsAt,
      });
    });
  }

  protected findOrAdd(
    library: PlexLibrary,
    parent: PlexItem | null,
    index: number | null,
    at: Date,
    what: { seed: string; identity: Identity } & Pick<
      PlexItem,
      "type" | "title" | "year" | "runtimeMinutes" | "releasedAt"
    >,
  ): PlexItem {
    const { seed, identity, ...rest } = what;
    const known = this.items.find(
      (i) => i.libraryKey === library.key && i.parent === parent && this.seeds.get(i) === seed,
    );
    if (known) {
      if (at < known.visibleAt) {
        known.visibleAt = at;
        known.addedAt = at;
      }
      if (at > known.updatedAt) known.updatedAt = at;
      return known;
    }
    const item: PlexItem = {
      ratingKey: String(this.nextRatingKey++),
      libraryKey: library.key,
      ...rest,
      ...identity,
      index,
      parent,
      addedAt: at,
      updatedAt: at,
      visibleAt: at,
      media: [],
    };
    this.items.push(item);
    this.seeds.set(item, seed);
    return item;
  }

  protected addMedia(item: PlexItem, file: ImportedFile, at: Date): void {
    const library = this.libraryOf(item);
    const { resolution } = file.quality;
    const folders = file.path.split("/").slice(file.kind === "movie" ? -2 : -3);
    const media: PlexMedia = {
      id: this.nextMediaId++,
      resolution: resolution === 2160 ? "4k" : resolution === 720 ? "720" : "1080",
      part: {
        id: this.nextMediaId,
        file: [library.path, ...folders].join("/"),
        size: 3_000_000_000,
        isOnDisk: true,
      },
      visibleAt: at,
    };
    item.media.push(media);
    if (at > item.updatedAt) item.updatedAt = at;
  }

  protected identify(item: PlexItem, identity: Identity): void {
    item.guid = identity.guid;
    item.guids = identity.guids;
    item.updatedAt = this.now();
  }

  protected libraryOf(item: PlexItem): PlexLibrary {
    const library = this.libraries.find((l) => l.key === item.libraryKey);
    if (!library) throw new Error(`Plex has no library ${item.libraryKey}`);
    return library;
  }

  protected standsFor(item: PlexItem, title: MovieTitle | ShowTitle): boolean {
    const seed = title.kind === "movie" ? `movie:${title.tmdbId}` : `show:${title.tvdbId}`;
    return this.seeds.get(item) === seed;
  }
}

function isBelow(item: PlexItem, ancestor: PlexItem): boolean {
  return item.parent === ancestor || item.parent?.parent === ancestor;
}

function rootOf(item: PlexItem): PlexItem {
  return item.parent ? rootOf(item.parent) : item;
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}

function listOf<T>(one: T | T[]): T[] {
  return Array.isArray(one) ? one : [one];
}
