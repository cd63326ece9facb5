import type { Executor } from "@/lib/store/db";
import { insertAttempt } from "@/lib/store/issue-attempts";
import { insertIssue, insertIssueEntries } from "@/lib/store/issues";
import { upsertUser } from "@/lib/store/users";

export type SampleIssues = Record<"reported" | "fixing" | "failed" | "resolved", number>;

const minute = 60_000;

/** Four issues, one of each main state, the newest news first. */
export async function insertSampleIssues(db: Executor, now: Date): Promise<SampleIssues> {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * minute);
  const person = (seerrUserId: number, displayName: string) =>
    upsertUser(db, { seerrUserId, displayName, email: `user${seerrUserId}@example.net` }, now);
  const [anna, jonas] = [await person(901, "Anna Lindqvist"), await person(902, "Jonas Weber")];
  const add = async (
    minutes: number,
    facts: Partial<Parameters<typeof insertIssue>[1]> & { seerrIssueId: number; title: string },
  ) => {
    const issue = await insertIssue(db, {
      type: "video",
      status: "reported",
      reportedAt: ago(minutes + 30),
      announcedAt: ago(minutes + 30),
      steppedAt: ago(minutes),
      lastNewsAt: ago(minutes),
      ...facts,
    });
    if (!issue) throw new Error("The sample is there already");
    await insertIssueEntries(db, issue.id, [
      {
        at: issue.reportedAt,
        kind: "fact",
        code: "issue_reported",
        words: `${issue.reporterName} reported a problem`,
        reason: issue.message,
        source: `Seerr issue #${issue.seerrIssueId}`,
      },
    ]);
    return issue.id;
  };
  const reported = await add(4, {
    seerrIssueId: 71,
    title: "Tidewater Road",
    year: 2024,
    posterPath: "/tidewater-road.png",
    mediaType: "tv",
    tvdbId: 4001,
    season: 3,
    episode: 4,
    type: "audio",
    message: "From minute 12 on the sound is half a second late.",
    reporterId: anna.id,
    reporterName: anna.displayName,
  });
  const fixing = await add(40, {
    seerrIssueId: 72,
    title: "Saltmarsh",
    year: 2025,
    posterPath: "/saltmarsh.png",
    mediaType: "tv",
    tvdbId: 4002,
    season: 1,
    episode: 2,
    type: "subtitles",
    status: "fixing",
    attemptCount: 1,
    message: "Subtitles of another episode",
    reporterId: jonas.id,
    reporterName: jonas.displayName,
  });
  const release = "Saltmarsh.S01E02.1080p.WEB-DL-NTb";
  await insertAttempt(db, {
    issueId: fixing,
    number: 1,
    cause: "auto",
    actor: "BingeAlert",
    state: "searched",
    instanceName: "Sonarr",
    grabs: [{ historyId: 5, title: release, isMarked: true }],
    outcome: "Sonarr was asked to search",
    startedAt: ago(60),
    searchedAt: ago(59),
  });
  await insertIssueEntries(db, fixing, [
    {
      at: ago(60),
      kind: "decision",
      code: "issue_fix_begun",
      words: "Began repair 1 of at most 3: another file of season 1, episode 2 is looked for",
      reason: "Reports are repaired at once",
      source: "BingeAlert",
    },
    {
      at: ago(60),
      kind: "fact",
      code: "issue_release_blocked",
      words: `Put “${release}” on the blocklist`,
      reason: "It is not taken again. Its file stays until another one is imported",
      source: "Sonarr",
    },
    {
      at: ago(59),
      kind: "wait",
      code: "issue_searched",
      words: "Sonarr searches for another file of season 1, episode 2",
      reason: "The issue is resolved when another file is imported, not before",
      source: "Sonarr",
    },
  ]);
  const failed = await add(300, {
    seerrIssueId: 73,
    title: "Copper Valley",
    year: 2023,
    posterPath: "/copper-valley.png",
    mediaType: "tv",
    tvdbId: 4003,
    status: "failed",
    statusReason: "It is about all seasons. Replacing a whole show is left to you, in Sonarr",
    type: "other",
    message: "Everything is dubbed",
    reporterId: anna.id,
    reporterName: anna.displayName,
  });
  const resolved = await add(3000, {
    seerrIssueId: 74,
    title: "Last Ferry North",
    year: 2026,
    posterPath: "/last-ferry-north.png",
    mediaType: "movie",
    tmdbId: 4004,
    isFourK: true,
    status: "resolved",
    resolvedBy: "replacement",
    resolvedAt: ago(3000),
    attemptCount: 1,
    reporterId: jonas.id,
    reporterName: jonas.displayName,
  });
  return { reported, fixing, failed, resolved };
}
