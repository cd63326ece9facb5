import Link from "next/link";
import { countWords } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import type { FindingGroupView, FindingView } from "@/lib/domain/views/run-report";
import { Poster } from "../poster";
import { StatusBadge } from "../status-badge";
import { Card, CardHead } from "../ui/card";

/** What a run found of one kind; what is about a request leads to it. */
export function RunFindings({ group }: { group: FindingGroupView }) {
  return (
    <Card>
      <CardHead title={group.heading}>
        <span className="num pr-1.5 text-xs text-subtle-foreground">
          {countWords(group.findings.length)}
        </span>
      </CardHead>
      <ul>
        {group.findings.map((finding) => (
          <li
            key={finding.id}
            className="relative flex min-h-12 items-center gap-3 border-b border-border px-4 py-2 text-sm last:border-0 has-[a]:hover:bg-hover"
          >
            {finding.href ? (
              <Poster size="dense" path={finding.posterPath} title={finding.title ?? ""} />
            ) : (
              <StatusBadge kind={group.status} word="" />
            )}
            <FindingWords finding={finding} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FindingWords({ finding }: { finding: FindingView }) {
  const { href, title, words, reason } = finding;
  return (
    <div className="min-w-0 flex-1 leading-[19px]">
      {href && title ? (
        <Link
          href={href}
          className="font-medium outline-none after:absolute after:inset-0 hover:underline focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          {title}
        </Link>
      ) : null}
      <div className={href && title ? "text-muted-foreground" : "font-medium"}>{words}</div>
      {reason ? <div className="text-xs text-subtle-foreground">{fullSentence(reason)}</div> : null}
    </div>
  );
}
