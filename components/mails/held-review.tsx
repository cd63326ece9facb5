"use client";

import { Ban, Send } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { ActionButton } from "../action-button";
import { Poster } from "../poster";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";

type HeldMail = { id: number; subject: string; posterPath: string | null; when: ReactNode };
type Decision = {
  verdict: "release" | "drop";
  which: { upToId: number } | { ids: number[] };
};

/** Mails on hold by person: release or drop all of them, or those one picks. */
export function HeldReview({
  count,
  newestId,
  groups,
  settle,
}: {
  count: number;
  newestId: number;
  groups: { recipient: string; mails: HeldMail[] }[];
  settle: (decision: Decision) => Promise<ActionResult>;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const shown = groups.flatMap((group) => group.mails.map((mail) => mail.id));
  // What was settled meanwhile is chosen no more.
  const ids = shown.filter((id) => chosen.has(id));
  const some = ids.length > 0;
  const which = some ? { ids } : { upToId: newestId };
  const mails = plural(some ? ids.length : count, "mail");
  const all = some ? "" : "all ";
  const change = (changed: readonly number[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const id of changed) {
      if (isChosen) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  return (
    <>
      <div className="sticky top-14 z-10 -mx-1 mb-3 flex flex-wrap items-center gap-2 bg-background px-1 py-2">
        <ActionButton
          key={`release-${some}`}
          variant="primary"
          icon={<Send aria-hidden />}
          label={`Release ${all}${mails}`}
          busyLabel="Releasing"
          action={() => settle({ verdict: "release", which })}
          confirm={{
            title: `Send ${mails} now?`,
            description: "They leave one after the other, as they are shown here.",
            button: `Send ${mails}`,
          }}
        />
        <ActionButton
          key={`drop-${some}`}
          variant="danger"
          icon={<Ban aria-hidden />}
          label={`Drop ${all}${mails}`}
          busyLabel="Dropping"
          action={() => settle({ verdict: "drop", which })}
          confirm={{
            title: `Drop ${mails}?`,
            description: "These people are not told by them, and no later check brings them back.",
            button: `Drop ${mails}`,
            destructive: true,
          }}
        />
        {some ? (
          <span className="num ml-auto text-sm text-muted-foreground">
            {ids.length} of {count} selected
          </span>
        ) : null}
      </div>
      <Card className="overflow-clip">
        {groups.map((group) => (
          <Group
            key={group.mails[0]?.id ?? group.recipient}
            recipient={group.recipient}
            mails={group.mails}
            chosen={chosen}
            change={change}
          />
        ))}
      </Card>
      {shown.length < count ? (
        <p className="num mt-4 text-sm text-muted-foreground">
          {count - shown.length} more are not shown; “{`Release all ${plural(count, "mail")}`}”
          takes them, too.
        </p>
      ) : null}
    </>
  );
}

function Group({
  recipient,
  mails,
  chosen,
  change,
}: {
  recipient: string;
  mails: HeldMail[];
  chosen: ReadonlySet<number>;
  change: (ids: readonly number[], isChosen: boolean) => void;
}) {
  const ids = mails.map((mail) => mail.id);
  const isAlone = mails.length === 1;
  return (
    <section aria-label={recipient} className="border-b border-border last:border-0">
      {isAlone ? null : (
        <label className="flex h-11 cursor-pointer items-center gap-3 px-4">
          <input
            type="checkbox"
            className="check"
            checked={ids.every((id) => chosen.has(id))}
            onChange={(event) => change(ids, event.currentTarget.checked)}
          />
          <h2 className="card-title min-w-0 truncate">{recipient}</h2>
          <span className="num ml-auto text-xs text-subtle-foreground">
            {plural(mails.length, "mail")}
          </span>
        </label>
      )}
      <ul>
        {mails.map((mail) => (
          <li
            key={mail.id}
            className={cn(
              "flex min-h-12 items-center gap-3 px-4 py-1.5 text-sm hover:bg-hover",
              !isAlone && "pl-11",
            )}
          >
            <input
              type="checkbox"
              className="check max-md:my-3.5"
              aria-label={`${mail.subject}, to ${recipient}`}
              checked={chosen.has(mail.id)}
              onChange={(event) => change([mail.id], event.currentTarget.checked)}
            />
            <Poster size="dense" path={mail.posterPath} title={mail.subject} />
            <span className="min-w-0 flex-1 leading-[18px]">
              <Link
                href={`/notifications?tab=needs_you&id=${mail.id}`}
                data-row-link
                title={mail.subject}
                className="block truncate font-medium hover:underline max-md:line-clamp-2 max-md:whitespace-normal"
              >
                {mail.subject}
              </Link>
              {isAlone ? (
                <span className="block truncate text-xs text-muted-foreground">{recipient}</span>
              ) : null}
            </span>
            <span className="num shrink-0 text-xs text-subtle-foreground">{mail.when}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
