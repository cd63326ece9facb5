import { problemWords } from "@/lib/domain/issue";
import { issueScope, scopeWords } from "@/lib/domain/issue-files";
import { sentence } from "@/lib/domain/words";
import type { Executor } from "@/lib/store/db";
import type { Issue } from "@/lib/store/issues";
import { tellAdmin } from "../alerts/tell-admin";
import type { Config } from "../load-config";

/** Why the admin hears of an issue. */
export type IssueNews =
  | { kind: "reported" | "reopened"; isFixedByItself: boolean }
  | { kind: "needsYou"; because: string };

/** Tells the admin about an issue, with the way to it. Part of the transaction that records why. */
export async function tellAdminOfIssue(
  tx: Executor,
  config: Config,
  issue: Issue,
  news: IssueNews,
  now: Date,
): Promise<void> {
  const { id, title, type, isFourK, message, requestId, posterPath } = issue;
  const reporter = issue.reporterName ?? "Somebody";
  const scope = issueScope(issue);
  const named = isFourK ? `${title} (4K)` : title;
  const isReport = news.kind !== "needsYou";
  await tellAdmin(
    tx,
    config,
    {
      event: "issue_reported",
      subject: isReport ? `${named}: ${problemWords(type)}` : `${named}: an issue needs you`,
      headline: named,
      lines: isReport
        ? [
            news.kind === "reported"
              ? `${reporter} reported ${problemWords(type)}.`
              : `The issue of ${reporter} was opened again in Seerr.`,
            news.isFixedByItself
              ? "A replacement is being looked for. The file stays until another one is there."
              : "Nothing is done until you press Fix.",
          ]
        : [sentence(`${news.because}.`), "The issue stays open in Seerr until you decide."],
      rows: [
        { label: "About", value: scope ? sentence(scopeWords(scope)) : "Not known yet" },
        { label: "Reported by", value: reporter },
        ...(message ? [{ label: "Message", value: message.slice(0, 600) }] : []),
      ],
      action: { path: `/issues/${id}`, label: "Open the issue" },
    },
    { title, requestId, posterPath },
    now,
  );
}
