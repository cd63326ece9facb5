import { ArrowRight, BellOff, BellRing, Link2Off, Send } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ActionButton } from "@/components/action-button";
import { withQuery } from "@/components/address";
import { Avatar } from "@/components/avatar";
import { NotificationTable } from "@/components/mails/notification-table";
import { Page } from "@/components/shell/page";
import { Timeline } from "@/components/timeline/timeline";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { UserTitles } from "@/components/users/user-titles";
import { plural } from "@/lib/domain/views/count-words";
import { firstName } from "@/lib/domain/views/person";
import type { UserDetailView } from "@/lib/domain/views/user-detail";
import { loadUserDetail } from "@/lib/web/loaders/user-detail";
import { currentReader } from "@/lib/web/viewer";
import { revokeLinksAction, sendLinkAction, setActiveAction } from "./actions";

type Props = { params: Promise<{ id: string }> };

async function read({ params }: Props) {
  const { id } = await params;
  return /^\d{1,9}$/.test(id) ? loadUserDetail(Number(id)) : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await read(props))?.person.name ?? "User" };
}

export default async function UserPage(props: Props) {
  const [view, reader] = await Promise.all([read(props), currentReader()]);
  if (!view) notFound();
  const userId = view.person.userId ?? 0;
  return (
    <Page title={view.person.name} parent={{ label: "Users", href: "/users" }}>
      <header className="mb-6 max-md:px-1">
        <div className="flex items-center gap-3.5 max-md:flex-wrap">
          <Avatar person={view.person} size={32} />
          <div className="min-w-0 flex-1">
            <h1 className="page-title wrap-anywhere">{view.person.name}</h1>
            <p className="text-sm wrap-anywhere text-muted-foreground">
              {view.email || "Seerr knows no mail address"}
            </p>
          </div>
          <ActiveButton view={view} userId={userId} />
        </div>
        <p className="verdict mt-4 max-w-[760px] wrap-anywhere max-md:!text-[18px] max-md:!leading-[25px]">
          {view.verdict}
        </p>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)_372px] items-start gap-5 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHead title="Title by title">
              {view.requestCount > 0 ? (
                <Button asChild variant="ghost" size="row">
                  <Link href={`/requests?person=${userId}`}>
                    {plural(view.requestCount, "request")}
                    <ArrowRight aria-hidden />
                  </Link>
                </Button>
              ) : null}
            </CardHead>
            {view.titles.length > 0 ? (
              <UserTitles titles={view.titles} />
            ) : (
              <p className="px-4 py-8 text-center text-sm text-muted-foreground">
                {firstName(view.person.name)} has asked for nothing and follows nothing.
              </p>
            )}
          </Card>
          <Card>
            <CardHead title="Timeline" />
            <div className="pt-5 pr-5 pb-1.5 pl-1">
              <Timeline view={view.timeline} reader={reader} />
            </div>
          </Card>
          <Card>
            <CardHead title="Mails">
              {view.mails.length > 0 ? (
                <Button asChild variant="ghost" size="row">
                  <Link
                    href={withQuery(
                      "/notifications",
                      { scope: "history", q: view.person.name },
                      {},
                    )}
                  >
                    All mails
                    <ArrowRight aria-hidden />
                  </Link>
                </Button>
              ) : null}
            </CardHead>
            {view.mails.length > 0 ? (
              <NotificationTable
                rows={view.mails}
                held={null}
                reader={reader}
                openId={null}
                hrefOf={(row) => `/notifications?scope=history&id=${row.id}`}
              />
            ) : (
              <p className="px-4 py-8 text-center text-sm text-muted-foreground">
                No mail has been made for {firstName(view.person.name)} yet.
              </p>
            )}
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Preferences view={view} userId={userId} />
        </div>
      </div>
    </Page>
  );
}

function ActiveButton({ view, userId }: { view: UserDetailView; userId: number }) {
  const name = firstName(view.person.name);
  if (!view.isActive) {
    return (
      <ActionButton
        action={setActiveAction.bind(null, userId, true)}
        icon={<BellRing aria-hidden />}
        label="Activate"
        busyLabel="Activating"
      />
    );
  }
  return (
    <ActionButton
      action={setActiveAction.bind(null, userId, false)}
      icon={<BellOff aria-hidden />}
      label="Deactivate"
      busyLabel="Deactivating"
      variant="danger"
      confirm={{
        title: `Deactivate ${view.person.name}?`,
        description: `${name} gets no more mails, and the calendar of ${name} is empty. No sync changes that. What becomes ready meanwhile is not made up for.`,
        button: "Deactivate",
        destructive: true,
      }}
    />
  );
}

function Preferences({ view, userId }: { view: UserDetailView; userId: number }) {
  const name = firstName(view.person.name);
  return (
    <Card>
      <CardHead title={`What ${name} chose`} />
      <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-y-2 px-4 pt-3.5 pb-4 text-sm">
        {view.preferences.map(({ term, value }) => (
          <div key={term} className="contents">
            <dt className="text-subtle-foreground">{term}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="border-t border-border px-4 py-3.5">
        <p className="mb-3 text-sm text-muted-foreground">
          {view.canMailLink
            ? `${name} chooses this on a page that every mail links to. The link is theirs alone, so it goes by mail.`
            : `${name} chooses this on a page that every mail links to. No link can be mailed now: it needs PUBLIC_BASE_URL, and a person who gets mails.`}
        </p>
        <div className="flex flex-wrap gap-2">
          {view.canMailLink ? (
            <ActionButton
              action={sendLinkAction.bind(null, userId)}
              icon={<Send aria-hidden />}
              label="Mail the link"
              busyLabel="Mailing"
            />
          ) : null}
          <ActionButton
            action={revokeLinksAction.bind(null, userId)}
            icon={<Link2Off aria-hidden />}
            label="Revoke links"
            busyLabel="Revoking"
            variant="danger"
            confirm={{
              title: `Revoke all links of ${view.person.name}?`,
              description: `Every link in mails ${name} has stops working, also to unsubscribe, and so does the calendar.${view.canMailLink ? " New ones go out by mail." : ""}`,
              button: "Revoke links",
              destructive: true,
            }}
          />
        </div>
      </div>
    </Card>
  );
}
