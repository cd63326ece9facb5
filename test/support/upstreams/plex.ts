import type { Answer, Incoming, JsonObject } from "./fake-server";
import { PlexActions, type PlexOptions } from "./plex-actions";
import {
  itemJson,
  libraryJson,
  type PlexItem,
  type PlexLibrary,
  toXml,
  typeNumber,
} from "./plex-model";

/** A Plex Media Server as it answers: paging, guids and their traps. */
export class FakePlex extends PlexActions {
  constructor(options: PlexOptions) {
    super(options);
    this.addRoutes();
  }

  protected override guard(incoming: Incoming): Answer | null {
    if (incoming.path === "/identity") return null;
    const token = incoming.headers["x-plex-token"] ?? incoming.query.get("X-Plex-Token");
    if (token === this.token) return null;
    const body =
      "<html><head><title>Unauthorized</title></head><body><h1>401 Unauthorized</h1></body></html>";
    return { kind: "text", status: 401, type: "text/html", body };
  }

  private addRoutes(): void {
    this.route("GET", "/identity", (incoming) =>
      this.container(incoming, {
        size: 0,
        claimed: true,
        machineIdentifier: this.machineIdentifier,
        version: "1.41.3.9314-a0bfb8370",
      }),
    );
    this.route("GET", "/library/sections", (incoming) => {
      const directories = this.libraries.map(libraryJson);
      return this.container(incoming, {
        size: directories.length,
        allowSync: false,
        title1: "Plex Library",
        ...listUnlessEmpty("Directory", directories),
      });
    });
    this.route("GET", "/library/sections/:key/all", (incoming) => {
      const library = this.libraries.find((l) => l.key === incoming.params.key);
      return library ? this.listSection(incoming, library) : notFound();
    });
    this.route("GET", "/library/sections/:key/recentlyAdded", (incoming) => {
      const library = this.libraries.find((l) => l.key === incoming.params.key);
      if (!library) return notFound();
      return this.listItems(incoming, this.recent([library]), sectionKeys(library));
    });
    this.route("GET", "/library/recentlyAdded", (incoming) =>
      this.listItems(incoming, this.recent(this.libraries), {}),
    );
    this.route("GET", "/library/sections/:key/refresh", () => ({ kind: "empty", status: 200 }));
    this.route("GET", "/library/metadata/:id", (incoming) => {
      const item = this.find(incoming.params.id);
      if (!item) return notFound();
      const library = this.libraryOf(item);
      return this.container(incoming, {
        size: 1,
        identifier: "com.plexapp.plugins.library",
        ...sectionKeys(library),
        Metadata: [this.view(item, incoming.query)],
      });
    });
    this.route("GET", "/library/metadata/:id/children", (incoming) => this.listChildren(incoming));
    this.route("GET", "/library/metadata/:id/allLeaves", (incoming) => {
      const root = this.find(incoming.params.id);
      if (!root) return notFound();
      return this.listItems(
        incoming,
        inOrder(this.episodesBelow(root)),
        sectionKeys(this.libraryOf(root)),
      );
    });
    this.route("GET", "/hubs/search", (incoming) => this.searchHubs(incoming));
  }

  private shown(): PlexItem[] {
    const now = this.now();
    return this.items.filter((i) => i.visibleAt <= now);
  }

  private episodesBelow(root: PlexItem): PlexItem[] {
    return this.shown().filter((i) => i.type === "episode" && isBelow(i, root));
  }

  private find(ratingKey: string | undefined): PlexItem | undefined {
    return this.shown().find((i) => i.ratingKey === ratingKey);
  }

  private view(item: PlexItem, query: URLSearchParams, withGuids = true): JsonObject {
    const isBranch = item.type === "show" || item.type === "season";
    return itemJson(item, {
      now: this.now(),
      includeGuids: withGuids && query.get("includeGuids") === "1",
      checkFiles: query.get("checkFiles") === "1",
      children: isBranch ? this.episodesBelow(item).length : 0,
    });
  }

  private recent(libraries: PlexLibrary[]): PlexItem[] {
    const keys = libraries.map((l) => l.key);
    return this.shown()
      .filter((i) => keys.includes(i.libraryKey) && (i.type === "movie" || i.type === "episode"))
      .sort((a, b) => b.addedAt.getTime() - a.addedAt.getTime());
  }

  private listSection(incoming: Incoming, library: PlexLibrary): Answer {
    const { query } = incoming;
    const type = Number(query.get("type") ?? (library.type === "movie" ? 1 : 2));
    const guid = query.get("guid");
    const title = query.get("title")?.toLowerCase();
    const year = query.get("year");
    const items = this.shown()
      .filter((i) => i.libraryKey === library.key && typeNumber(i.type) === type)
      // Only the primary guid is compared: `guid=tmdb://603` finds nothing although the movie is there.
      .filter((i) => guid === null || i.guid === guid)
      .filter((i) => title === undefined || i.title.toLowerCase().includes(title))
      .filter((i) => year === null || i.year === Number(year))
      .filter((i) => passesTimeFilters(i, query));
    return this.listItems(incoming, sorted(items, query.get("sort")), sectionKeys(library));
  }

  private listChildren(incoming: Incoming): Answer {
    const parent = this.find(incoming.params.id);
    if (!parent) return notFound();
    const children = inOrder(this.shown().filter((i) => i.parent === parent));
    const entries = children.map((i) => this.view(i, incoming.query));
    if (
      parent.type === "show" &&
      children.length > 1 &&
      incoming.query.get("excludeAllLeaves") !== "1"
    ) {
      // The entry of all episodes: no ratingKey, no index.
      entries.unshift({
        key: `/library/metadata/${parent.ratingKey}/allLeaves`,
        parentRatingKey: parent.ratingKey,
        title: "All episodes",
        leafCount: this.episodesBelow(parent).length,
      });
    }
    return this.paged(incoming, entries, {
      key: parent.ratingKey,
      parentTitle: parent.title,
      ...sectionKeys(this.libraryOf(parent)),
    });
  }

  private searchHubs(incoming: Incoming): Answer {
    if (this.libraries.length === 0) return notFound();
    const wanted = (incoming.query.get("query") ?? "").toLowerCase();
    const limit = Number(incoming.query.get("limit") ?? 3);
    const sectionId = incoming.query.get("sectionId");
    const hubs = (["movie", "show", "episode"] as const).map((type): JsonObject => {
      const found = this.shown()
        .filter((i) => i.type === type && (!sectionId || i.libraryKey === sectionId))
        .filter((i) => i.title.toLowerCase().includes(wanted));
      const entries = found.slice(0, limit).map((i) => this.view(i, incoming.query, false));
      return {
        title: `${type.charAt(0).toUpperCase()}${type.slice(1)}s`,
        type,
        hubIdentifier: type,
        context: "hub.search",
        size: entries.length,
        more: found.length > limit,
        style: "shelf",
        ...listUnlessEmpty("Metadata", entries),
      };
    });
    return this.container(incoming, { size: hubs.length, Hub: hubs });
  }

  private listItems(incoming: Incoming, items: PlexItem[], keys: JsonObject): Answer {
    const { start, end } = window(incoming, items.length);
    const entries = items.slice(start, end).map((i) => this.view(i, incoming.query));
    return this.container(incoming, pageJson(entries, items.length, start, keys));
  }

  private paged(incoming: Incoming, entries: JsonObject[], keys: JsonObject): Answer {
    const { start, end } = window(incoming, entries.length);
    const page = pageJson(entries.slice(start, end), entries.length, start, keys);
    return this.container(incoming, page);
  }

  /** JSON when it is asked for, XML otherwise. */
  private container(incoming: Incoming, body: JsonObject): Answer {
    if (incoming.headers.accept?.includes("application/json")) {
      return { kind: "json", status: 200, body: { MediaContainer: body } };
    }
    return { kind: "text", status: 200, type: "text/xml;charset=utf-8", body: toXml(body) };
  }
}

function notFound(): Answer {
  const body =
    "<html><head><title>Not Found</title></head><body><h1>404 Not Found</h1></body></html>";
  return { kind: "text", status: 404, type: "text/html", body };
}

function pageJson(entries: JsonObject[], totalSize: number, offset: number, keys: JsonObject) {
  return {
    size: entries.length,
    totalSize,
    offset,
    allowSync: true,
    identifier: "com.plexapp.plugins.library",
    ...keys,
    ...listUnlessEmpty("Metadata", entries),
  };
}

/** An empty list is no list at all: the key is left out. */
function listUnlessEmpty(key: string, entries: JsonObject[]): JsonObject {
  return entries.length > 0 ? { [key]: entries } : {};
}

function sectionKeys(library: PlexLibrary): JsonObject {
  return { librarySectionID: Number(library.key), librarySectionTitle: library.title };
}

/** Paging by header or query; without a size everything comes. */
function window(incoming: Incoming, total: number): { start: number; end: number } {
  const given = (name: string) =>
    incoming.query.get(name) ?? incoming.headers[name.toLowerCase()]?.toString() ?? null;
  const start = Number(given("X-Plex-Container-Start") ?? 0) || 0;
  const size = given("X-Plex-Container-Size");
  return { start, end: size === null ? total : start + Number(size) };
}

/** `addedAt>=N` arrives as the key `addedAt>`, `addedAt>>=N` (strictly after) as `addedAt>>`. */
function passesTimeFilters(item: PlexItem, query: URLSearchParams): boolean {
  for (const field of ["addedAt", "updatedAt"] as const) {
    const value = Math.floor(item[field].getTime() / 1000);
    const from = query.get(`${field}>`);
    const after = query.get(`${field}>>`);
    if (from !== null && value < Number(from)) return false;
    if (after !== null && value <= Number(after)) return false;
  }
  return true;
}

function sorted(items: PlexItem[], sort: string | null): PlexItem[] {
  const [field, direction] = (sort ?? "titleSort").split(":");
  const sign = direction === "desc" ? -1 : 1;
  if (field !== "addedAt" && field !== "updatedAt") {
    return [...items].sort((a, b) => sign * a.title.localeCompare(b.title));
  }
  return [...items].sort((a, b) => sign * (a[field].getTime() - b[field].getTime()));
}

function inOrder(items: PlexItem[]): PlexItem[] {
  const position = (i: PlexItem) => (i.parent?.index ?? 0) * 10_000 + (i.index ?? 0);
  return [...items].sort((a, b) => position(a) - position(b));
}

function isBelow(item: PlexItem, ancestor: PlexItem): boolean {
  return item.parent === ancestor || item.parent?.parent === ancestor;
}
