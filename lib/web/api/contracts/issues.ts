import { z } from "zod";
import { issueStatuses, issueTypes } from "@/lib/domain/issue";
import { endpoint } from "../endpoint";
import { idInAddress, limit, moment, pageOf, placeCursor, searchText, wordList } from "../fields";

const file = z.strictObject({
  mediaKey: z.string(),
  instance: z.string(),
  fileId: z.number().int(),
  path: z.string().nullable(),
  quality: z.string().nullable(),
});

const summaryFields = {
  id: z.number().int(),
  seerrIssueId: z.number().int(),
  type: z.enum(issueTypes),
  mediaType: z.enum(["movie", "tv"]).nullable(),
  title: z.string(),
  year: z.number().int().nullable(),
  tmdbId: z.number().int().nullable(),
  tvdbId: z.number().int().nullable(),
  is4k: z.boolean(),
  season: z.number().int().nullable().meta({ description: "Null: all seasons, or a movie" }),
  episode: z.number().int().nullable().meta({ description: "Null: the whole season" }),
  message: z.string().nullable(),
  reportedBy: z.strictObject({ userId: z.number().int().nullable(), name: z.string() }).nullable(),
  requestId: z.number().int().nullable(),
  status: z.enum(issueStatuses),
  statusReason: z.string().nullable(),
  attempts: z.number().int().meta({ description: "Repairs begun; there are three at most" }),
  knownBefore: z.boolean().meta({ description: "It was open before BingeAlert first looked" }),
  reportedAt: moment,
  resolvedAt: moment.nullable(),
  resolvedBy: z.enum(["replacement", "seerr", "admin"]).nullable(),
  lastNewsAt: moment,
};

const issueSummary = z.strictObject(summaryFields).meta({ id: "IssueSummary" });

const issueDetail = z
  .strictObject({
    ...summaryFields,
    filesAtReport: z.array(file).nullable(),
    resolvedFiles: z.array(file).nullable(),
    attemptList: z.array(
      z.strictObject({
        number: z.number().int(),
        cause: z.enum(["auto", "admin", "again"]),
        actor: z.string(),
        state: z.enum(["begun", "searching", "searched", "failed", "replaced", "stopped"]),
        instance: z.string().nullable(),
        blocked: z.array(z.string()).meta({ description: "Releases on the blocklist" }),
        commandId: z.number().int().nullable(),
        outcome: z.string().nullable(),
        startedAt: moment,
        searchedAt: moment.nullable(),
        finishedAt: moment.nullable(),
      }),
    ),
    timeline: z.array(
      z.strictObject({
        at: moment,
        kind: z.enum(["fact", "decision", "wait", "told", "not_told", "trouble"]),
        code: z.string(),
        words: z.string(),
        reason: z.string().nullable(),
        source: z.string(),
        notificationId: z.number().int().nullable(),
      }),
    ),
  })
  .meta({ id: "Issue" });

const params = z.strictObject({ id: idInAddress("issue") });
const noIssue = "There is no such issue";

export const getIssues = endpoint({
  method: "get",
  path: "/issues",
  tag: "Issues",
  summary: "List reported problems by their last news, newest first",
  query: z.strictObject({
    q: searchText
      .optional()
      .meta({ description: "Part of a title, a message or a name, or Seerr's number" }),
    status: wordList(issueStatuses, "States").optional(),
    type: z.enum(issueTypes).optional(),
    quality: z.enum(["hd", "4k"]).optional(),
    after: placeCursor.optional(),
    limit,
  }),
  response: pageOf(issueSummary),
});

export const getIssue = endpoint({
  method: "get",
  path: "/issues/{id}",
  tag: "Issues",
  summary: "One reported problem with its repairs and what happened",
  params,
  response: issueDetail,
  refusals: { 404: noIssue },
});

export const postFix = endpoint({
  method: "post",
  path: "/issues/{id}/fix",
  tag: "Issues",
  summary: "Begin a repair, or say what that would do",
  description:
    "Marks the release as failed, which puts it on the blocklist, and searches again. The file stays until another one is imported.",
  params,
  query: z.strictObject({
    dry: z
      .enum(["true", "false"])
      .default("false")
      .transform((word) => word === "true")
      .meta({
        type: "boolean",
        default: false,
        description: "Change nothing, only say what would happen",
      }),
  }),
  response: z.union([
    z
      .strictObject({ dry: z.literal(false), attempt: z.number().int() })
      .meta({ id: "BegunRepair" }),
    z
      .strictObject({ dry: z.literal(true), wouldFix: z.boolean(), steps: z.array(z.string()) })
      .meta({ id: "DryRepair" }),
  ]),
  refusals: {
    404: noIssue,
    409: "It may not be repaired: resolved, all seasons at once, or three repairs were made",
    502: "Sonarr or Radarr did not say what a repair would touch",
  },
});

export const postResolve = endpoint({
  method: "post",
  path: "/issues/{id}/resolve",
  tag: "Issues",
  summary: "Resolve a problem, here and in Seerr",
  params,
  response: issueSummary,
  refusals: { 404: noIssue, 409: "It is resolved already" },
});
