import type {
  DomainEvent,
  IssueChange,
  RequestChange,
  SeenIssue,
  SeenPerson,
  SeenRequest,
} from "@/lib/domain/inbound";
import {
  type Fields,
  fieldsOf,
  pick,
  pickFields,
  pickList,
  readCount,
  readEmail,
  readId,
  readText,
  readUrl,
  readYear,
} from "./loose-json";

/**
 * Reads a webhook of Seerr, Overseerr or Jellyseerr. The body follows a template that its admin
 * may have rewritten: camelCase, snake_case, nested and flat keys all count. Never throws.
 */
export function parseSeerrWebhook(body: unknown): DomainEvent {
  const root = fieldsOf(body);
  const event = readText(pick(root, "event"));
  const named = readText(pick(root, "notification_type"), 100);
  const type = named?.toUpperCase() ?? typeOfEventText(event);
  if (type === null) {
    return { kind: "ignored", because: "Seerr sent no notification type" };
  }
  if (type === "TEST_NOTIFICATION") return { kind: "test" };
  if (type === "MEDIA_AUTO_REQUESTED") {
    return { kind: "ignored", because: "Seerr requested this itself; its approval follows" };
  }
  const requestChange = requestChanges.get(type);
  if (requestChange) return requestEvent(root, event, requestChange, type);
  const issueChange = issueChanges.get(type);
  if (issueChange) return issueEvent(root, issueChange, type);
  return {
    kind: "ignored",
    because: `Seerr sent a notification type this version does not know: ${type}`,
  };
}

const requestChanges = new Map<string, RequestChange>([
  ["MEDIA_PENDING", "pending"],
  ["MEDIA_APPROVED", "approved"],
  ["MEDIA_AUTO_APPROVED", "auto_approved"],
  ["MEDIA_DECLINED", "declined"],
  ["MEDIA_FAILED", "failed"],
  ["MEDIA_AVAILABLE", "available"],
]);

const issueChanges = new Map<string, IssueChange>([
  ["ISSUE_CREATED", "created"],
  ["ISSUE_COMMENT", "commented"],
  ["ISSUE_RESOLVED", "resolved"],
  ["ISSUE_REOPENED", "reopened"],
]);

/** Templates without `notification_type`: the English event text is all there is. */
function typeOfEventText(event: string | null): string | null {
  if (event === null) return null;
  const texts: [RegExp, string][] = [
    [/^(movie|series|4k .*)? ?request now available$/i, "MEDIA_AVAILABLE"],
    [/request automatically approved$/i, "MEDIA_AUTO_APPROVED"],
    [/request approved$/i, "MEDIA_APPROVED"],
    [/request declined$/i, "MEDIA_DECLINED"],
    [/request failed$/i, "MEDIA_FAILED"],
    [/^new .*request$/i, "MEDIA_PENDING"],
    [/^new .*issue reported$/i, "ISSUE_CREATED"],
    [/^new comment on .*issue$/i, "ISSUE_COMMENT"],
    [/issue resolved$/i, "ISSUE_RESOLVED"],
    [/issue reopened$/i, "ISSUE_REOPENED"],
  ];
  return texts.find(([pattern]) => pattern.test(event))?.[1] ?? null;
}

function requestEvent(
  root: Fields,
  event: string | null,
  change: RequestChange,
  type: string,
): DomainEvent {
  const request = readRequest(root, event);
  if (request.seerrRequestId === null && request.tmdbId === null && request.tvdbId === null) {
    return { kind: "ignored", because: `Seerr sent ${type} without a request or a title` };
  }
  return { kind: "request", change, request };
}

function readRequest(root: Fields, event: string | null): SeenRequest {
  const media = pickFields(root, "media");
  const request = pickFields(root, "request");
  const { title, year } = readSubject(root);
  const mediaStatus = readWord(pick(media, "status") ?? pick(root, "media_status"));
  const mediaStatus4k = readWord(pick(media, "status4k") ?? pick(root, "media_status4k"));
  return {
    seerrRequestId: readId(pick(request, "request_id", "id") ?? pick(root, "request_id")),
    mediaType: readMediaType(media, root),
    ...readIds(media, root),
    title,
    year,
    overview: readText(pick(root, "message", "overview"), 5000),
    posterUrl: readPoster(root),
    seasons: readSeasons(root),
    is4k: decide4k(event, mediaStatus, mediaStatus4k),
    requestedBy: readRequester(root, request),
    mediaStatus,
    mediaStatus4k,
  };
}

function issueEvent(root: Fields, change: IssueChange, type: string): DomainEvent {
  const issue = readIssue(root);
  if (issue.seerrIssueId === null) {
    return { kind: "ignored", because: `Seerr sent ${type} without an issue number` };
  }
  return { kind: "issue", change, issue };
}

function readIssue(root: Fields): SeenIssue {
  const media = pickFields(root, "media");
  const issue = pickFields(root, "issue");
  const comment = pickFields(root, "comment");
  const commentText = readText(
    pick(comment, "comment_message", "message") ?? pick(root, "comment_message"),
    5000,
  );
  const { title, year } = readSubject(root);
  return {
    seerrIssueId: readId(pick(issue, "issue_id", "id") ?? pick(root, "issue_id")),
    type: readIssueType(issue, root),
    mediaType: readMediaType(media, root),
    ...readIds(media, root),
    title,
    year,
    season: readCount(extraValue(root, "affectedseason")),
    episode: readCount(extraValue(root, "affectedepisode")),
    message: readText(pick(root, "message"), 5000),
    comment:
      commentText === null
        ? null
        : { text: commentText, by: readPerson("commentedBy", comment, root) },
    reportedBy: readPerson("reportedBy", issue, root),
  };
}

function readIssueType(issue: Fields, root: Fields): SeenIssue["type"] {
  const word = readWord(pick(issue, "issue_type", "type") ?? pick(root, "issue_type"));
  if (word === "video" || word === "audio" || word === "other") return word;
  return word === "subtitles" || word === "subtitle" ? "subtitles" : null;
}

function readMediaType(media: Fields, root: Fields): "movie" | "tv" | null {
  const word = readWord(pick(media, "media_type", "type") ?? pick(root, "media_type"));
  if (word === "movie") return "movie";
  return word === "tv" || word === "show" || word === "series" ? "tv" : null;
}

function readIds(media: Fields, root: Fields): { tmdbId: number | null; tvdbId: number | null } {
  return {
    tmdbId:
      readId(pick(media, "tmdbId", "media_tmdbid")) ?? readId(pick(root, "tmdbId", "media_tmdbid")),
    tvdbId:
      readId(pick(media, "tvdbId", "media_tvdbid")) ?? readId(pick(root, "tvdbId", "media_tvdbid")),
  };
}

/** `subject` is "Title (Year)", without the year when it is unknown. */
function readSubject(root: Fields): { title: string | null; year: number | null } {
  const subject = readText(pick(root, "subject", "title"));
  const match = subject?.match(/^(.+) \((\d{4})\)$/s);
  const year = readYear(match?.[2]);
  return year === null
    ? { title: subject, year: readYear(pick(root, "year")) }
    : { title: match?.[1] ?? subject, year };
}

/** A film without a poster gets an address that ends in the word "null". */
function readPoster(root: Fields): string | null {
  const url = readUrl(pick(root, "image", "poster"));
  return url?.endsWith("null") ? null : url;
}

/** One text "1, 2" in `extra`; its name was "Seasons" in old versions. */
function readSeasons(root: Fields): number[] | null {
  const value =
    extraValue(root, "requestedseasons", "seasons") ?? pick(root, "requested_seasons", "seasons");
  const parts = Array.isArray(value) ? value : (readText(value, 5000)?.split(",") ?? []);
  const seasons = parts.map(readCount).filter((season) => season !== null);
  return seasons.length === 0 ? null : [...new Set(seasons)].sort((a, b) => a - b);
}

function extraValue(root: Fields, ...names: string[]): unknown {
  for (const entry of pickList(root, "extra")) {
    const fields = fieldsOf(entry);
    const name = readText(pick(fields, "name"))?.replace(/\s/g, "").toLowerCase();
    if (name !== undefined && names.includes(name)) return pick(fields, "value");
  }
  return undefined;
}

/** There is no is4k field: only the word "4K" in the event text and the two statuses tell. */
function decide4k(
  event: string | null,
  mediaStatus: string | null,
  mediaStatus4k: string | null,
): boolean | null {
  if (event !== null && /\b4K\b/.test(event)) return true;
  const known = (status: string | null) => status !== null && status !== "unknown";
  if (known(mediaStatus4k)) return mediaStatus === "unknown" ? true : null;
  return mediaStatus4k === "unknown" && (event !== null || known(mediaStatus)) ? false : null;
}

/** Old templates carry the requester as top-level email and username, filled for some types only. */
function readRequester(root: Fields, request: Fields): SeenPerson {
  const person = readPerson("requestedBy", request, root);
  return {
    username: person.username ?? readText(pick(root, "username", "notifyuser_username")),
    email: person.email ?? readEmail(pick(root, "email", "notifyuser_email")),
  };
}

function readPerson(role: string, own: Fields, root: Fields): SeenPerson {
  return {
    username: readText(pick(own, `${role}_username`) ?? pick(root, `${role}_username`)),
    email: readEmail(pick(own, `${role}_email`) ?? pick(root, `${role}_email`)),
  };
}

function readWord(value: unknown): string | null {
  return readText(value, 100)?.toLowerCase() ?? null;
}
