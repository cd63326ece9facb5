import { Ban, ChevronDown, ChevronUp, RotateCw, Send, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/action-button";
import { type Query, withQuery } from "@/components/address";
import { CodeBlock } from "@/components/code-block";
import { CopyButton } from "@/components/copy-button";
import { AttemptList } from "@/components/mails/attempt-list";
import { DrawerKeys } from "@/components/mails/drawer-keys";
import { Ring } from "@/components/ring";
import { StatusBadge } from "@/components/status-badge";
import { Timeline } from "@/components/timeline/timeline";
import { Button } from "@/components/ui/button";
import { LinkTabs, Seg } from "@/components/ui/tabs";
import { below } from "@/lib/base-path";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { exactMoment, type Reader, whenPhrase } from "@/lib/domain/views/moment-words";
import { actionsFor, type NotificationDetailView } from "@/lib/domain/views/notifications";
import { firstName } from "@/lib/domain/views/person";
import { wordOfNotificationStatus } from "@/lib/domain/views/status";
import { loadMailPreview } from "@/lib/web/mail-preview";
import { SentenceZone } from "../sentence-zone";
import { cancelAction, releaseAction, resendAction, sendNowAction } from "./actions";

const parts = ["preview", "text", "headers", "attempts", "why"] as const;
type Part = (typeof parts)[number];

const partWords = {
  preview: "Preview",
  text: "Text",
  headers: "Headers",
  attempts: "Attempts",
  why: "Why",
} satisfies Record<Part, string>;

/** One mail beside the list: what it says, how it went, why it exists, what can be done. */
export function NotificationDrawer({
  view,
  query,
  reader,
  close,
  previous,
  next,
}: {
  view: NotificationDetailView;
  query: Query;
  reader: Reader;
  close: string;
  previous: string | null;
  next: string | null;
}) {
  const part = parts.find((name) => name === query.part) ?? "preview";
  const leaves = view.status === "scheduled" || view.status === "retrying";
  return (
    <aside
      aria-label={view.subject}
      data-drawer
      tabIndex={-1}
      className="z-20 flex min-h-0 flex-col border-l border-border bg-popover outline-none max-xl:fixed max-xl:z-50 max-xl:inset-y-0 max-xl:right-0 max-xl:w-[560px] max-xl:shadow-overlay max-md:inset-x-0 max-md:w-full max-md:border-0 xl:sticky xl:top-14 xl:h-[calc(100dvh-56px)]"
    >
      <DrawerKeys close={close} previous={previous} next={next} />
      <div className="shrink-0 border-b border-border pt-3.5 pr-4 pl-6 max-md:pl-4">
        <div className="flex items-center justify-between">
          <StatusBadge strong kind={view.status} word={wordOfNotificationStatus[view.status]} />
          <span className="flex gap-0.5">
            <Walk href={previous} label="Mail above">
              <ChevronUp aria-hidden />
            </Walk>
            <Walk href={next} label="Mail below">
              <ChevronDown aria-hidden />
            </Walk>
            <Walk href={close} label="Close">
              <X aria-hidden />
            </Walk>
          </span>
        </div>
        <div className="mt-2 flex items-start gap-3.5">
          <div className="min-w-0 flex-1">
            <h2 className="text-[18px]/6 font-semibold tracking-[-0.017em] break-words">
              {view.subject}
            </h2>
            <p className="mt-[3px] text-sm break-words text-muted-foreground">
              {summary(view, reader)}
            </p>
          </div>
          {leaves && view.dueAt > reader.now ? (
            <Ring
              size={48}
              from={Math.min(view.createdAt.getTime(), reader.now.getTime())}
              until={view.dueAt.getTime()}
              now={reader.now.getTime()}
            />
          ) : null}
        </div>
        <LinkTabs
          label="Parts of this mail"
          className="mt-3 -ml-3"
          items={parts.map((name) => ({
            href: withQuery("/notifications", query, { part: name === "preview" ? null : name }),
            label: partWords[name],
            current: part === name,
            ...(name === "attempts" ? { count: view.attempts.length } : {}),
          }))}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-sunken px-6 py-4 max-md:px-4">
        <PartContent part={part} view={view} query={query} reader={reader} />
      </div>
      <Actions view={view} />
    </aside>
  );
}

function Walk({
  href,
  label,
  children,
}: {
  href: string | null;
  label: string;
  children: ReactNode;
}) {
  return href ? (
    <Button asChild variant="ghost" size="icon">
      <Link href={href} scroll={false} aria-label={label}>
        {children}
      </Link>
    </Button>
  ) : (
    <Button variant="ghost" size="icon" disabled aria-label={label}>
      {children}
    </Button>
  );
}

function summary(view: NotificationDetailView, reader: Reader): string {
  const address = view.address && view.address !== view.recipient ? `, ${view.address}` : "";
  const to = `To ${view.recipient}${address}.`;
  switch (view.status) {
    case "sent":
      return `${to} Accepted ${view.sentAt ? whenPhrase(view.sentAt, reader) : "by the mail server"}${view.smtpReply ? `: ${view.smtpReply}` : "."}`;
    case "unknown":
      return `${to} The server hung up after taking the mail. It may have arrived. ${firstName(view.recipient)} could get it twice.`;
    case "failed":
      return `${to} Refused for good${view.smtpReply ? `: ${view.smtpReply}` : view.statusReason ? `: ${view.statusReason}` : "."}`;
    default:
      return view.statusReason ? `${to} ${fullSentence(view.statusReason)}` : to;
  }
}

async function PartContent({
  part,
  view,
  query,
  reader,
}: {
  part: Part;
  view: NotificationDetailView;
  query: Query;
  reader: Reader;
}) {
  switch (part) {
    case "attempts":
      return <AttemptList attempts={view.attempts} reader={reader} />;
    case "why":
      return view.why.length > 0 ? (
        <div className="rounded-lg border border-border bg-card pt-4 pr-4 pb-1 [--tl-time:50px]">
          <Timeline
            reader={reader}
            view={{
              next: [],
              wait: null,
              idleLine: `${view.kindWords}. ${view.statusReason ? fullSentence(view.statusReason) : "Nothing else is decided about it."}`,
              past: view.why,
              older: 0,
            }}
          />
          <SentenceZone rows={view.why} />
        </div>
      ) : (
        <p className="py-8 text-center text-sm text-muted-foreground">
          {view.statusReason
            ? fullSentence(view.statusReason)
            : `${view.kindWords}. Planned ${whenPhrase(view.createdAt, reader)}.`}
        </p>
      );
    case "preview":
    case "text":
    case "headers":
      return <Written part={part} view={view} query={query} reader={reader} />;
    default: {
      const unknown: never = part;
      return unknown;
    }
  }
}

async function Written({
  part,
  view,
  query,
  reader,
}: {
  part: "preview" | "text" | "headers";
  view: NotificationDetailView;
  query: Query;
  reader: Reader;
}) {
  const mail = await loadMailPreview(view.id);
  if (mail.kind === "missing") {
    return <p className="py-8 text-center text-sm text-muted-foreground">{mail.because}</p>;
  }
  const note =
    mail.kind === "as_sent"
      ? `Exactly what was handed over, ${exactMoment(mail.renderedAt, reader.timeZone)}.`
      : "Exactly what would leave now.";
  if (part === "headers") {
    const text = Object.entries(mail.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n");
    return text ? (
      <WithNote note={note} aside={<CopyButton text={text} />}>
        <CodeBlock text={text} label="Headers" />
      </WithNote>
    ) : (
      <p className="py-8 text-center text-sm text-muted-foreground">
        Headers are written when the mail leaves.
      </p>
    );
  }
  if (part === "text") {
    return (
      <WithNote note={note} aside={<CopyButton text={mail.text} />}>
        <pre className="rounded-lg border border-border bg-card p-4 font-mono text-[12.5px]/5 break-words whitespace-pre-wrap">
          {mail.text}
        </pre>
      </WithNote>
    );
  }
  const look = query.look === "light" ? "light" : "dark";
  return (
    <WithNote
      note={note}
      aside={
        <Seg
          small
          label="Look of the mail"
          items={(["light", "dark"] as const).map((name) => ({
            href: withQuery("/notifications", query, { look: name }),
            label: name === "light" ? "Light" : "Dark",
            current: look === name,
          }))}
        />
      }
    >
      <div className="min-h-[420px] flex-1 overflow-hidden rounded-[10px] border border-border-strong bg-card">
        <iframe
          key={`${view.id}${look}`}
          title={`Preview: ${view.subject}`}
          src={below(`/notifications/${view.id}/preview?look=${look}`)}
          sandbox=""
          className="block h-full min-h-[420px] w-full md:h-[122%] md:w-[122%] md:origin-top-left md:scale-[.8197]"
        />
      </div>
    </WithNote>
  );
}

function WithNote({
  note,
  aside,
  children,
}: {
  note: string;
  aside: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="flex items-center justify-between gap-3 px-0.5 pb-2.5 text-xs text-muted-foreground">
        <span>{note}</span>
        {aside}
      </div>
      {children}
    </>
  );
}

function Actions({ view }: { view: NotificationDetailView }) {
  const target = { notificationId: view.id };
  const allowed = actionsFor(view.status);
  const name = firstName(view.recipient);
  return (
    <div className="flex shrink-0 flex-wrap gap-2 border-t border-border px-6 py-3.5 max-md:px-4 max-md:pb-[calc(14px+env(safe-area-inset-bottom))]">
      {allowed.includes("send_now") ? (
        <ActionButton
          key={`send-${view.id}-${view.status}`}
          variant="primary"
          icon={<Send aria-hidden />}
          label={view.status === "held" ? "Release" : "Send now"}
          busyLabel="Sending"
          action={(view.status === "held" ? releaseAction : sendNowAction).bind(null, target)}
          confirm={{
            title: `Send 1 mail to ${name} now?`,
            description:
              "It leaves as it is shown here. What comes later goes in a mail of its own.",
            button: "Send 1 mail",
          }}
        />
      ) : null}
      {allowed.includes("resend") ? (
        <ActionButton
          key={`resend-${view.id}-${view.status}`}
          variant={view.status === "sent" || view.status === "cancelled" ? "secondary" : "primary"}
          icon={<RotateCw aria-hidden />}
          label="Send again"
          busyLabel="Sending"
          action={resendAction.bind(null, target)}
          confirm={{
            title: `Send this mail to ${name} again?`,
            description:
              view.status === "sent" || view.status === "unknown"
                ? `${name} could get it twice.`
                : "It goes out as a mail of its own.",
            button: "Send 1 mail again",
          }}
        />
      ) : null}
      {view.requestId === null ? null : (
        <Button asChild>
          <Link href={`/requests/${view.requestId}`}>Open request</Link>
        </Button>
      )}
      <span className="flex-1" />
      {allowed.includes("cancel") ? (
        <ActionButton
          key={`cancel-${view.id}-${view.status}`}
          variant="danger"
          icon={<Ban aria-hidden />}
          label={view.status === "unknown" || view.status === "failed" ? "Leave it" : "Cancel mail"}
          busyLabel="Cancelling"
          action={cancelAction.bind(null, target)}
          confirm={{
            title: `Cancel this mail to ${name}?`,
            description: `${name} is not told by it, and no later check brings it back.`,
            button: "Cancel 1 mail",
            destructive: true,
          }}
        />
      ) : null}
    </div>
  );
}
