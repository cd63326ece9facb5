import type { ReactNode } from "react";
import type { RecipientView } from "@/lib/domain/views/requests";
import { Avatar } from "./avatar";
import { StatusBadge } from "./status-badge";

const howWords = {
  asked: "Asked for it",
  admin: "Attached by you",
  link: "Follows by link",
} satisfies Record<RecipientView["how"], string>;

/** The timeline by person: state and time on the right, how they came to it under the name. */
export function WhoIsTold({
  recipients,
  removeButton,
}: {
  recipients: RecipientView[];
  removeButton: (recipient: RecipientView) => ReactNode;
}) {
  return (
    <ul>
      {recipients.map((recipient) => (
        <li
          key={recipient.person.userId ?? recipient.person.name}
          className="group/person relative flex items-center gap-3 border-b border-border px-4 py-2.5 last:border-0"
        >
          <Avatar person={recipient.person} size={32} />
          <div className="min-w-0 flex-1">
            <div className="truncate text-sm font-medium" title={recipient.person.name}>
              {recipient.person.name}
            </div>
            <div className="truncate text-xs text-subtle-foreground">{howWords[recipient.how]}</div>
          </div>
          <div className="flex max-w-[52%] flex-col items-end text-right">
            <StatusBadge kind={recipient.state.kind} word={recipient.state.word} />
            {recipient.state.detail ? (
              <div className="text-xs text-subtle-foreground">{recipient.state.detail}</div>
            ) : null}
          </div>
          {recipient.canRemove ? (
            <div className="focus-within:opacity-100 group-hover/person:opacity-100 md:absolute md:right-3 md:bg-card md:pl-2 md:opacity-0">
              {removeButton(recipient)}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
