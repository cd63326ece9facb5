import "server-only";
import { reportWords } from "@/lib/domain/issue";
import { issueScope } from "@/lib/domain/issue-files";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { type Reader, whenPhrase } from "@/lib/domain/views/moment-words";
import type { NeedsYouView } from "@/lib/domain/views/overview";
import { firstName } from "@/lib/domain/views/person";
import type { Executor } from "@/lib/store/db";
import { listIssuesNeedingYou } from "@/lib/store/views/issue-list";

const shown = 3;

/** Reported problems that wait for the admin. */
export async function needsYouIssues(db: Executor, reader: Reader): Promise<NeedsYouView[]> {
  const rows = await listIssuesNeedingYou(db, shown);
  return rows.map(({ issue, reporter }): NeedsYouView => {
    const name = firstName(reporter ?? issue.reporterName ?? "Somebody");
    const report = `${name} reported ${reportWords(issue.type, issueScope(issue))}`;
    const isFailed = issue.status === "failed";
    return {
      key: `issue-${issue.id}`,
      tone: isFailed ? "failed" : "sending",
      icon: isFailed ? "failed" : "waiting",
      headline: isFailed ? `The issue of ${issue.title} needs you` : `${issue.title}: ${report}`,
      detail: isFailed
        ? `${report}, ${whenPhrase(issue.reportedAt, reader)}. ${fullSentence(issue.statusReason ?? "")}`
        : `${whenPhrase(issue.reportedAt, reader).replace(/^./, (c) => c.toUpperCase())}. ${issue.message ? `“${issue.message.slice(0, 200)}”` : "Nothing was written about it."}`,
      action: "Open the issue",
      href: `/issues/${issue.id}`,
    };
  });
}
