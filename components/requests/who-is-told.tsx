import type { ReactNode } from "react";
import { type Reader, shortDate } from "@/lib/domain/views/moment-words";
import type { RecipientView } from "@/lib/domain/views/requests";
import { Avatar } from "../avatar";
import { StatusBadge } from "../status-badge";

/** Why they are told: "Attached by admin on 12 Nov, with what was there". */
function howWords({ how, since, by, toldExisting }: RecipientView, reader: Reader): string {
  const on = `on ${shortDate(since, reader)}`;
  if (how === "asked") return `Asked for it ${on}`;
  const came =
    how === "link"
      ? `Follows by link since ${shortDate(since, reader)}`
      : `Attached${by ? ` by ${by}` : ""} ${on}`;
  return `${came}, ${toldExisting ? "with what was there" : "for what comes"}`;
}

/** The timeline by person: state and time on the right, how they came to it under the name. */
export function WhoIsTold({
  recipients,
  reader,
  removeButton,
}: {
  recipients: RecipientView[];
  reader: Reader;
  removeButton: (recipient: RecipientView) => ReactNode;
}) {
  return (
    <ul>
      {recipients.map((recipient) => (
        <li
          key={recipient.person.userId ?? recipient.person.name}
          className="group/person relative flex items-center gap-3 border-b border-border px-4 py-2.5 last:border-0 max-md:grid max-md:grid-cols-[32px_minmax(0,1fr)_auto] max-md:gap-y-1"
        >
          <Avatar
            person={recipient.person}
            size={32}
            className="max-md:row-span-2 max-md:self-start"
          />
          <div className="min-w-0 flex-1">
            <div dir="auto" className="truncate text-sm font-medium" title={recipient.person.name}>
              {recipient.person.name}
            </div>
            <div
              className="line-clamp-2 text-xs text-pretty text-subtle-foreground"
              title={howWords(recipient, reader)}
            >
              {howWords(recipient, reader)}
            </div>
          </div>
          <div className="flex max-w-[52%] flex-col items-end text-right max-md:col-start-2 max-md:max-w-none max-md:items-start max-md:text-left">
            <StatusBadge kind={recipient.state.kind} word={recipient.state.word} />
            {recipient.state.detail ? (
              <div className="text-xs text-subtle-foreground wrap-anywhere max-md:pl-[21px]">
                {recipient.state.detail}
              </div>
            ) : null}
          </div>
          {recipient.canRemove ? (
            <div className="max-md:col-start-3 max-md:row-span-2 max-md:row-start-1 focus-within:opacity-100 group-hover/person:opacity-100 md:absolute md:right-3 md:bg-card md:pl-2 md:opacity-0">
              {removeButton(recipient)}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
