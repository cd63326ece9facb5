import type { SeerrIssue, SeerrMedia, SeerrRequest, SeerrUser } from "./seerr-model";
import type { SeerrEvent, TemplateInput, TemplateVariables } from "./seerr-webhook";
import type { Title } from "./world";

export type RequestEvent = Extract<SeerrEvent, `MEDIA_${string}`>;
export type IssueEvent = Extract<SeerrEvent, `ISSUE_${string}`>;

/** What the webhook says about a request. */
export function requestInput(event: RequestEvent, request: SeerrRequest): TemplateInput {
  const fourK = request.is4k ? "4K " : "";
  const noun = `${fourK}${request.title.kind === "movie" ? "Movie" : "Series"} Request`;
  const words: Record<RequestEvent, string> = {
    MEDIA_PENDING: `New ${noun}`,
    MEDIA_APPROVED: `${noun} Approved`,
    MEDIA_AUTO_APPROVED: `${noun} Automatically Approved`,
    MEDIA_AVAILABLE: `${noun} Now Available`,
    MEDIA_DECLINED: `${noun} Declined`,
    MEDIA_FAILED: `${noun} Failed`,
  };
  const notifiesUser = ["MEDIA_APPROVED", "MEDIA_DECLINED", "MEDIA_AVAILABLE"].includes(event);
  return {
    variables: {
      ...titleVariables(request.title),
      ...mediaVariables(request.media),
      ...personVariables("requestedBy", request.requestedBy),
      ...(notifiesUser ? personVariables("notifyuser", request.requestedBy) : {}),
      event: words[event],
      message: cut(request.title.overview),
      request_id: String(request.id),
    },
    has: { media: true, request: true, issue: false, comment: false },
    extra:
      request.title.kind === "show"
        ? [{ name: "Requested Seasons", value: request.seasons.map((s) => s.number).join(", ") }]
        : [],
  };
}

/** What the webhook says about an issue: never a request, the first comment as message, a new one as comment. */
export function issueInput(event: IssueEvent, issue: SeerrIssue): TemplateInput {
  const kind = { VIDEO: "Video ", AUDIO: "Audio ", SUBTITLES: "Subtitle ", OTHER: "" }[issue.type];
  const words: Record<IssueEvent, string> = {
    ISSUE_CREATED: `New ${kind}Issue Reported`,
    ISSUE_COMMENT: `New Comment on ${kind}Issue`,
    ISSUE_RESOLVED: `${kind}Issue Resolved`,
    ISSUE_REOPENED: `${kind}Issue Reopened`,
  };
  const last = issue.comments.at(-1);
  const isComment = event === "ISSUE_COMMENT";
  const extra: TemplateInput["extra"] = [];
  if (issue.media.title.kind === "show" && !isComment) {
    if (issue.season > 0) extra.push({ name: "Affected Season", value: String(issue.season) });
    if (issue.episode > 0) extra.push({ name: "Affected Episode", value: String(issue.episode) });
  }
  return {
    variables: {
      ...titleVariables(issue.media.title),
      ...mediaVariables(issue.media),
      ...personVariables("reportedBy", issue.createdBy),
      ...(isComment && last ? personVariables("commentedBy", last.user) : {}),
      event: words[event],
      message: issue.comments[0]?.message ?? "",
      issue_id: String(issue.id),
      issue_type: issue.type,
      issue_status: issue.status,
      comment_message: isComment ? (last?.message ?? "") : "",
    },
    has: { media: true, request: false, issue: true, comment: isComment },
    extra,
  };
}

function titleVariables(title: Title): TemplateVariables {
  return {
    subject: title.year > 0 ? `${title.title} (${title.year})` : title.title,
    image: `https://image.tmdb.org/t/p/w600_and_h900_bestv2${title.posterPath}`,
    media_type: title.kind === "movie" ? "movie" : "tv",
    media_tmdbid: String(title.tmdbId),
    media_tvdbid: title.kind === "show" ? String(title.tvdbId) : "",
  };
}

function mediaVariables(media: SeerrMedia): TemplateVariables {
  return { media_status: media.status, media_status4k: media.status4k };
}

function personVariables(prefix: string, user: SeerrUser): TemplateVariables {
  return {
    [`${prefix}_username`]: user.displayName,
    [`${prefix}_email`]: user.email,
    [`${prefix}_avatar`]: user.avatar,
  };
}

function cut(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
