import Link from "next/link";
import type { UserTitleView } from "@/lib/domain/views/user-detail";
import { Poster } from "../poster";
import { StatusBadge } from "../status-badge";
import { Tag } from "../ui/tag";

const shownAtFirst = 8;

/** What one person is attached to, title by title: told, on its way, or why not. */
export function UserTitles({ titles }: { titles: UserTitleView[] }) {
  const rest = titles.slice(shownAtFirst);
  return (
    <>
      <ul>
        {titles.slice(0, shownAtFirst).map((title) => (
          <Row key={title.requestId} title={title} />
        ))}
      </ul>
      {rest.length > 0 ? (
        <details className="group/rest border-t border-border">
          <summary className="list-none px-4 py-2.5 text-sm font-medium text-primary-text group-open/rest:border-b group-open/rest:border-border">
            <span className="group-open/rest:hidden">Show {rest.length} more</span>
            <span className="hidden group-open/rest:inline">Show fewer</span>
          </summary>
          <ul>
            {rest.map((title) => (
              <Row key={title.requestId} title={title} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function Row({ title }: { title: UserTitleView }) {
  return (
    <li className="relative flex min-h-[60px] items-center gap-3 border-b border-border px-4 py-2 transition-colors duration-fast last:border-0 hover:bg-hover max-md:items-start">
      <Poster size="table" path={title.posterPath} title={title.title} />
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_240px] items-center gap-x-3 max-xl:grid-cols-[minmax(0,1fr)_190px] max-md:grid-cols-1 max-md:gap-y-1.5">
        <div className="min-w-0">
          <div className="flex items-center gap-2">
            <Link
              href={`/requests/${title.requestId}`}
              title={title.title}
              className="truncate text-base font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring max-md:line-clamp-2 max-md:whitespace-normal"
            >
              {title.title}
            </Link>
            {title.isFourK ? <Tag>4K</Tag> : null}
          </div>
          <div className="num truncate text-xs/[18px] text-muted-foreground">{title.context}</div>
        </div>
        <div className="min-w-0">
          <StatusBadge kind={title.state.kind} word={title.state.word} />
          <div className="num pl-[21px] text-xs/[18px] text-muted-foreground wrap-anywhere">
            {title.state.detail}
            {title.state.detail && title.mail ? " · " : null}
            {title.mail ? (
              <Link
                href={title.mail.href}
                className="relative underline decoration-border-strong underline-offset-2 hover:text-foreground"
              >
                Mail {title.mail.words}
              </Link>
            ) : null}
          </div>
        </div>
        {title.whyNot ? (
          <p className="col-span-full mt-1 text-xs/[18px] text-pretty text-muted-foreground">
            {title.whyNot}
          </p>
        ) : null}
      </div>
    </li>
  );
}
