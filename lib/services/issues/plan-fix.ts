import type { Replacement } from "@/lib/domain/issue-files";
import { type IssueFile, type IssueScope, scopeWords } from "@/lib/domain/issue-files";
import { findGrabs, type GrabToMark, searchCommand } from "@/lib/domain/issue-fix";
import type { Issue } from "@/lib/store/issues";
import type { Config } from "../load-config";
import { lookForReplacement } from "./check-issue";
import { type IssueLibrary, readIssueLibrary, repairOf } from "./read-issue-library";

/** What a repair would do, or why it cannot do anything. */
export type FixPlan =
  | {
      kind: "fix";
      library: IssueLibrary;
      grabs: GrabToMark[];
      /** Files nobody knows the release of: they cannot be put on the blocklist. */
      withoutGrab: number;
      search: { name: string } & Record<string, unknown>;
    }
  | {
      kind: "replaced";
      library: IssueLibrary;
      replacement: Extract<Replacement, { kind: "replaced" }>;
    }
  | { kind: "impossible"; because: string };

/** Reads what a repair needs, and decides. Changes nothing. Throws UpstreamError when an instance cannot be asked. */
export async function planFix(config: Config, issue: Issue, scope: IssueScope): Promise<FixPlan> {
  const service = scope.kind === "movie" ? "Radarr" : "Sonarr";
  const library = await readIssueLibrary(config, issue, scope);
  if (!library) {
    return {
      kind: "impossible",
      because: `No ${service} here has it${issue.isFourK ? " in 4K" : ""}`,
    };
  }
  const { instance } = library;
  if (scope.kind !== "movie" && library.episodeIds.length === 0) {
    return { kind: "impossible", because: `${instance.name} does not know ${scopeWords(scope)}` };
  }
  const replacement = await lookForReplacement(issue, library);
  if (replacement.kind === "replaced") return { kind: "replaced", library, replacement };
  const search = searchCommand(scope, library);
  if (!search) return { kind: "impossible", because: "All seasons at once are not replaced" };
  const history =
    library.files.length === 0 ? [] : await repairOf(instance).history(historyOf(scope, library));
  const bad = stillBad(issue.filesAtReport ?? [], library);
  return { kind: "fix", library, search, ...findGrabs(bad, history) };
}

/** Which part of the history a scope needs. */
export function historyOf(
  scope: IssueScope,
  { titleId }: Pick<IssueLibrary, "titleId">,
): { movieId: number } | { seriesId: number; season: number } {
  return scope.kind === "season" || scope.kind === "episode"
    ? { seriesId: titleId, season: scope.season }
    : { movieId: titleId };
}

/** Held files but those that came after the report: their releases are not the reported ones. */
function stillBad(before: readonly IssueFile[], { files, held }: IssueLibrary) {
  const old = new Map(before.map((file) => [file.mediaKey, file.fileId]));
  return held.filter((_, index) => {
    const file = files[index];
    const fileId = file && old.get(file.mediaKey);
    return fileId === undefined || fileId === file?.fileId;
  });
}

/** The plan in words: one sentence per step, as a confirmation shows it. */
export function planWords(plan: FixPlan, scope: IssueScope): string[] {
  switch (plan.kind) {
    case "impossible":
      return [`${plan.because}. Nothing would be done.`];
    case "replaced":
      return [
        "Another file is there already. The issue would be resolved, closed in Seerr, and its reporter mailed.",
      ];
    case "fix": {
      const { name } = plan.library.instance;
      const open = plan.grabs.filter((grab) => !grab.isMarked);
      const words = open.map(
        (grab) => `${name} marks ${releaseName(grab)} as failed, so that it is not taken again.`,
      );
      if (open.length < plan.grabs.length) words.push("What was marked before stays marked.");
      if (plan.library.files.length === 0) words.push("There is no file to put on the blocklist.");
      else if (plan.withoutGrab > 0) words.push(withoutGrabWords(plan.withoutGrab, name));
      words.push(`${name} searches for ${scopeWords(scope)} again.`);
      if (plan.library.files.length > 0) {
        words.push("The file stays until another one is imported.");
      }
      return words;
    }
  }
}

/** A release by its title. */
export const releaseName = (grab: Pick<GrabToMark, "title" | "historyId">) =>
  grab.title ? `“${grab.title}”` : `grab ${grab.historyId}`;

/** Why something is only searched for. */
export function withoutGrabWords(count: number, instanceName: string): string {
  const files = count === 1 ? "the file" : `${count} files`;
  return `${instanceName} does not know which release ${files} came from: it is only searched for.`;
}
