/** Where a webhook came from. Overseerr and Jellyseerr count as Seerr. */
export type InboundSource = "seerr" | "sonarr" | "radarr";

/** One episode as an event names it. Season 0 holds the specials. */
export type SeenEpisode = {
  season: number;
  episode: number;
  title: string | null;
  airDateUtc: Date | null;
};

/** A show as one Sonarr names it; `seriesId` means nothing outside that instance. */
export type ShowItem = {
  type: "show";
  seriesId: number | null;
  tvdbId: number | null;
  tmdbId: number | null;
  title: string | null;
  year: number | null;
  /** What the event names; an Import Complete names what the release promises, not what came. */
  episodes: SeenEpisode[];
  instanceName: string | null;
  applicationUrl: string | null;
};

/** A movie as one Radarr names it; `movieId` means nothing outside that instance. */
export type MovieItem = {
  type: "movie";
  movieId: number | null;
  tmdbId: number | null;
  imdbId: string | null;
  title: string | null;
  year: number | null;
  instanceName: string | null;
  applicationUrl: string | null;
};

export type MediaItem = ShowItem | MovieItem;

/** A file in the library as an event names it. `path` is the library path where it is known. */
export type ImportedFile = {
  fileId: number | null;
  path: string | null;
  quality: string | null;
  /** Bytes. */
  size: number | null;
};

/** A person as Seerr names one. `email` is null when it is empty or no address. */
export type SeenPerson = { username: string | null; email: string | null };

export type SeenRequest = {
  seerrRequestId: number | null;
  mediaType: "movie" | "tv" | null;
  tmdbId: number | null;
  tvdbId: number | null;
  title: string | null;
  year: number | null;
  overview: string | null;
  posterUrl: string | null;
  /** Null when the event did not say. */
  seasons: number[] | null;
  /** Null when the event leaves it open; Seerr's API knows. */
  is4k: boolean | null;
  requestedBy: SeenPerson;
  /** Seerr's words in lower case, for example `partially_available`. */
  mediaStatus: string | null;
  mediaStatus4k: string | null;
};

export type SeenIssue = {
  seerrIssueId: number | null;
  type: "video" | "audio" | "subtitles" | "other" | null;
  mediaType: "movie" | "tv" | null;
  tmdbId: number | null;
  tvdbId: number | null;
  title: string | null;
  year: number | null;
  /** Null: the whole show, or not said. */
  season: number | null;
  episode: number | null;
  /** First comment of the issue. */
  message: string | null;
  comment: { text: string; by: SeenPerson } | null;
  reportedBy: SeenPerson;
};

export type RequestChange =
  | "pending"
  | "approved"
  | "auto_approved"
  | "declined"
  | "failed"
  | "available";

export type IssueChange = "created" | "commented" | "resolved" | "reopened";

/** What a webhook says, the same for all services. */
export type DomainEvent =
  | { kind: "test" }
  | { kind: "ignored"; because: string }
  | { kind: "request"; change: RequestChange; request: SeenRequest }
  | { kind: "issue"; change: IssueChange; issue: SeenIssue }
  | {
      kind: "grabbed";
      item: MediaItem;
      release: { title: string | null; quality: string | null };
      downloadId: string | null;
    }
  | {
      kind: "imported";
      item: MediaItem;
      /** One file came in, or a whole release is done. */
      trigger: "file" | "complete";
      /** Null: the event does not say (Import Complete never does). */
      isUpgrade: boolean | null;
      files: ImportedFile[];
      downloadId: string | null;
    }
  | { kind: "file_deleted"; item: MediaItem; file: ImportedFile | null; reason: string }
  | { kind: "title_deleted"; item: MediaItem; filesDeleted: boolean | null }
  | { kind: "title_added"; item: MediaItem }
  | { kind: "renamed"; item: MediaItem }
  | {
      kind: "manual_interaction";
      /** Null when the download matches nothing known. */
      item: MediaItem | null;
      messages: string[];
      downloadTitle: string | null;
      downloadId: string | null;
    }
  | {
      kind: "health";
      level: "ok" | "notice" | "warning" | "error" | null;
      message: string;
      restored: boolean;
    };

/** A short word for what happened and the title it is about, as the inbox list shows them. */
export function describeEvent(event: DomainEvent): { type: string; title: string } {
  switch (event.kind) {
    case "test":
      return { type: "Test", title: "Test event" };
    case "ignored":
      return { type: "Ignored", title: event.because };
    case "request":
      return { type: requestWords[event.change], title: requestTitle(event.request) };
    case "issue":
      return { type: issueWords[event.change], title: issueTitle(event.issue) };
    case "grabbed":
      return { type: "Grab", title: itemTitle(event.item) };
    case "imported":
      return { type: importWord(event), title: itemTitle(event.item) };
    case "file_deleted":
      return { type: "File deleted", title: itemTitle(event.item) };
    case "title_deleted":
      return { type: "Deleted", title: itemTitle(event.item) };
    case "title_added":
      return { type: "Added", title: itemTitle(event.item) };
    case "renamed":
      return { type: "Rename", title: itemTitle(event.item) };
    case "manual_interaction":
      return {
        type: "Needs a hand",
        title: event.item ? itemTitle(event.item) : (event.downloadTitle ?? "Unknown download"),
      };
    case "health":
      return { type: event.restored ? "Health restored" : "Health", title: event.message };
  }
}

const requestWords: Record<RequestChange, string> = {
  pending: "Request",
  approved: "Request approved",
  auto_approved: "Request approved",
  declined: "Request declined",
  failed: "Request failed",
  available: "Available in Seerr",
};

const issueWords: Record<IssueChange, string> = {
  created: "Issue",
  commented: "Issue comment",
  resolved: "Issue resolved",
  reopened: "Issue reopened",
};

/** The types of events that announce an import. */
export const importTypes = ["Import", "Import complete", "Upgrade"] as const;

function importWord(event: {
  trigger: "file" | "complete";
  isUpgrade: boolean | null;
}): (typeof importTypes)[number] {
  if (event.isUpgrade) return "Upgrade";
  return event.trigger === "complete" ? "Import complete" : "Import";
}

function requestTitle(request: SeenRequest): string {
  const name = request.title ?? namelessTitle("Request", request.seerrRequestId);
  const seasons = request.seasons?.map(seasonCode).join(", ");
  return seasons ? `${name} ${seasons}` : name;
}

function issueTitle(issue: SeenIssue): string {
  const name = issue.title ?? namelessTitle("Issue", issue.seerrIssueId);
  if (issue.season === null) return name;
  const episode = issue.episode === null ? "" : ` ${episodeCode(issue.episode)}`;
  return `${name} ${seasonCode(issue.season)}${episode}`;
}

function itemTitle(item: MediaItem): string {
  if (item.type === "movie") return item.title ?? namelessTitle("Movie", item.tmdbId);
  const name = item.title ?? namelessTitle("Show", item.tvdbId);
  const episodes = episodeRange(item.episodes);
  return episodes ? `${name} ${episodes}` : name;
}

function namelessTitle(word: string, id: number | null): string {
  return id === null ? `${word} without a name` : `${word} ${id}`;
}

/** "S03 E05", "S03 E01–E10", "S03 E01, E04", and for several seasons "S01, S02". */
function episodeRange(episodes: SeenEpisode[]): string {
  const seasons = [...new Set(episodes.map((episode) => episode.season))].sort((a, b) => a - b);
  const [season] = seasons;
  if (season === undefined) return "";
  if (seasons.length > 1) return seasons.map(seasonCode).join(", ");
  const numbers = [...new Set(episodes.map((episode) => episode.episode))].sort((a, b) => a - b);
  return `${seasonCode(season)} ${foldNumbers(numbers)}`;
}

function foldNumbers(numbers: number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs
    .map(({ from, to }) =>
      from === to ? episodeCode(from) : `${episodeCode(from)}–${episodeCode(to)}`,
    )
    .join(", ");
}

const seasonCode = (season: number) => `S${String(season).padStart(2, "0")}`;
const episodeCode = (episode: number) => `E${String(episode).padStart(2, "0")}`;
