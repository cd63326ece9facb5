import {
  compareFiles,
  type IssueFile,
  issueScope,
  type Replacement,
} from "@/lib/domain/issue-files";
import type { Executor } from "@/lib/store/db";
import { findIssue, type Issue, lockIssue, updateIssue } from "@/lib/store/issues";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { noteIssue } from "./note-issue";
import { type IssueLibrary, readIssueLibrary, repairOf } from "./read-issue-library";
import { resolveByReplacement } from "./resolve-issue";

/** Something was imported that an open issue may be about: whether another file is there now decides. */
export async function checkIssue(ctx: ServiceContext, issueId: number): Promise<void> {
  const issue = await findIssue(ctx.database.db, issueId);
  const scope = issue && issueScope(issue);
  if (!issue || !scope || issue.status === "resolved") return;
  const config = await ctx.loadConfig();
  const library = await readIssueLibrary(config, issue, scope);
  if (!library) return;
  const replacement = await lookForReplacement(issue, library);
  await ctx.database.db.transaction((tx) =>
    settleReplacement(tx, config, issue, library, replacement, ctx.now()),
  );
}

/** Compares what an instance holds with what it held at the report; its history is asked only where that decides. */
export async function lookForReplacement(
  issue: Pick<Issue, "filesAtReport">,
  library: IssueLibrary,
): Promise<Replacement> {
  const before = issue.filesAtReport;
  if (!before) return { kind: "unchanged" };
  const byIds = compareFiles(before, library.files, allIds(library.files));
  // With every new id counted as an import nothing is replaced: no record can change that.
  if (byIds.kind === "unchanged") return byIds;
  const plain = compareFiles(before, library.files, new Set());
  if (plain.kind === "replaced") return plain;
  return compareFiles(before, library.files, await importedFileIds(library));
}

const allIds = (files: readonly IssueFile[]) => new Set(files.map((file) => file.fileId));

async function importedFileIds(library: IssueLibrary): Promise<Set<number>> {
  const repair = repairOf(library.instance);
  const seasons = new Set(library.files.map((file) => /:s(\d+)e/.exec(file.mediaKey)?.[1]));
  const records = [];
  for (const season of seasons) {
    records.push(
      ...(await repair.history(
        season === undefined
          ? { movieId: library.titleId }
          : { seriesId: library.titleId, season: Number(season) },
      )),
    );
  }
  return new Set(
    records.flatMap((record) =>
      record.event === "imported" && record.fileId !== null ? [record.fileId] : [],
    ),
  );
}

/** Carries out what a look found. The issue is read anew: what changed while the library was asked counts. */
export async function settleReplacement(
  tx: Executor,
  config: Config,
  seen: Issue,
  library: IssueLibrary,
  replacement: Replacement,
  now: Date,
): Promise<void> {
  const issue = await lockIssue(tx, seen.id);
  if (!issue || issue.status === "resolved" || issue.reopenCount !== seen.reopenCount) return;
  if (!issue.filesAtReport) {
    await updateIssue(tx, issue.id, { filesAtReport: library.files }, now);
    return;
  }
  if (replacement.kind === "replaced") {
    await resolveByReplacement(tx, config, issue, replacement.files, now);
  } else if (replacement.kind === "partly") {
    const { replaced, of } = replacement;
    await updateIssue(tx, issue.id, { steppedAt: now }, now);
    await noteIssue(
      tx,
      issue,
      [
        {
          at: now,
          kind: "wait",
          code: "issue_partly_replaced",
          words: `${replaced} of ${of} episodes of season ${issue.season} have another file`,
          reason: "The issue is about the whole season: it stays open until all have",
          source: library.instance.name,
          dedupeKey: `partly:${issue.reopenCount}:${replaced}`,
        },
      ],
      now,
    );
  }
}
