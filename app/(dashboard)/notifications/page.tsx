import type { Metadata } from "next";
import Link from "next/link";
import { type Query, withQuery } from "@/components/address";
import { EmptyState } from "@/components/empty-state";
import { FilterChips } from "@/components/lists/filter-chips";
import { KeysetPager } from "@/components/lists/keyset-pager";
import { TextFilter } from "@/components/lists/text-filter";
import { MailSelection } from "@/components/mails/mail-selection";
import { NotificationTable } from "@/components/mails/notification-table";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { LinkTabs, Seg } from "@/components/ui/tabs";
import { plural } from "@/lib/domain/views/count-words";
import {
  actionsFor,
  type NotificationListView,
  type NotificationScope,
  type NotificationTab,
} from "@/lib/domain/views/notifications";
import { wordOfNotificationStatus } from "@/lib/domain/views/status";
import { loadNotificationDetail } from "@/lib/web/loaders/notification-detail";
import { loadNotificationList } from "@/lib/web/loaders/notification-list";
import { currentReader } from "@/lib/web/viewer";
import { actOnMailsAction } from "./actions";
import { NotificationDrawer } from "./notification-drawer";

export const metadata: Metadata = { title: "Notifications" };

const path = "/notifications";
const tabs: NotificationTab[] = ["all", "needs_you", "leaving", "sent_today"];
const tabWords = {
  all: "All",
  needs_you: "Needs you",
  leaving: "Leaving",
  sent_today: "Sent today",
} satisfies Record<NotificationTab, string>;

export default async function NotificationsPage({
  searchParams,
}: {
  searchParams: Promise<Query>;
}) {
  const query = await searchParams;
  const scope: NotificationScope = query.scope === "history" ? "history" : "queue";
  const tab = tabs.find((name) => name === query.tab) ?? "all";
  const openId = /^\d{1,15}$/.test(query.id ?? "") ? Number(query.id) : null;
  const [list, reader, detail] = await Promise.all([
    loadNotificationList({ ...query, scope, tab }),
    currentReader(),
    openId === null ? null : loadNotificationDetail(openId),
  ]);
  const hrefOf = (id: number) => withQuery(path, query, { id: String(id) });
  const at = list.rows.findIndex((row) => row.id === openId);
  const beside = (step: 1 | -1) => {
    const row = at < 0 ? undefined : list.rows[at + step];
    return row ? hrefOf(row.id) : null;
  };
  return (
    <Page bare title="Notifications">
      <div className={cn("grid", detail && "xl:grid-cols-[minmax(0,1fr)_560px]")}>
        <div
          className={cn(
            "min-w-0 px-8 pt-6 pb-10 max-lg:px-6 max-md:px-3 max-md:pt-2 max-md:pb-24",
            detail ? "xl:pr-5" : "mx-auto w-full max-w-[1424px]",
          )}
        >
          <div className="mb-2 flex items-center justify-between max-md:px-1">
            <h1 className="page-title max-md:sr-only">Notifications</h1>
            <Seg
              label="Queue or history"
              items={[
                { href: path, label: "Queue", current: scope === "queue" },
                { href: `${path}?scope=history`, label: "History", current: scope === "history" },
              ]}
            />
          </div>
          <MailSelection
            mails={list.rows.map(({ id, status }) => ({
              id, // Mails on hold are released in their review, grouped by person.
              actions: status === "held" ? (["cancel"] as const) : actionsFor(status),
            }))}
            act={actOnMailsAction}
            filters={
              scope === "queue" ? (
                <div className="mb-3.5 border-b border-border">
                  <LinkTabs
                    label="Which mails"
                    className="-ml-1"
                    items={tabs.map((name) => ({
                      href: withQuery(path, {}, { tab: name === "all" ? null : name }),
                      label: tabWords[name],
                      current: tab === name,
                      ...countOf(list, name),
                    }))}
                  />
                </div>
              ) : (
                <div className="mb-3.5 flex flex-wrap items-center gap-2 pt-2">
                  <TextFilter placeholder="Title or person" />
                  <FilterChips
                    filters={[
                      {
                        key: "status",
                        label: "State",
                        choices: Object.entries(wordOfNotificationStatus).map(([value, label]) => ({
                          value,
                          label,
                        })),
                      },
                    ]}
                  />
                </div>
              )
            }
          >
            <Card className="overflow-clip">
              {list.rows.length > 0 || list.held ? (
                <>
                  <NotificationTable
                    rows={list.rows}
                    held={list.held}
                    reader={reader}
                    openId={openId}
                    isSelectable
                    hrefOf={(row) => hrefOf(row.id)}
                  />
                  {list.newer || list.older ? (
                    <KeysetPager
                      newer={
                        list.newer
                          ? withQuery(path, query, { after: null, before: list.newer, id: null })
                          : null
                      }
                      older={
                        list.older
                          ? withQuery(path, query, { before: null, after: list.older, id: null })
                          : null
                      }
                      words={plural(list.rows.length, "mail")}
                    />
                  ) : null}
                </>
              ) : (
                <Empty scope={scope} tab={tab} isFiltered={Boolean(query.q || query.status)} />
              )}
            </Card>
          </MailSelection>
        </div>
        {detail ? (
          <NotificationDrawer
            view={detail}
            query={query}
            reader={reader}
            close={withQuery(path, query, { id: null, part: null, look: null })}
            previous={beside(-1)}
            next={beside(1)}
          />
        ) : null}
      </div>
    </Page>
  );
}

function countOf(list: NotificationListView, tab: NotificationTab): { count?: number } {
  if (!list.counts) return {};
  const { all, needsYou, leaving, sentToday } = list.counts;
  return { count: { all, needs_you: needsYou, leaving, sent_today: sentToday }[tab] };
}

function Empty({
  scope,
  tab,
  isFiltered,
}: {
  scope: NotificationScope;
  tab: NotificationTab;
  isFiltered: boolean;
}) {
  if (scope === "history") {
    return isFiltered ? (
      <EmptyState
        action={
          <Button asChild>
            <Link href={`${path}?scope=history`}>Clear the filters</Link>
          </Button>
        }
      >
        No mail fits these filters.
      </EmptyState>
    ) : (
      <EmptyState>
        No mail has been planned yet. The first one appears here when something can be played.
      </EmptyState>
    );
  }
  switch (tab) {
    case "needs_you":
      return <EmptyState>Nothing needs you.</EmptyState>;
    case "leaving":
      return <EmptyState>No mail is waiting to leave.</EmptyState>;
    case "sent_today":
      return <EmptyState>No mail has left today.</EmptyState>;
    case "all":
      return (
        <EmptyState
          action={
            <Button asChild>
              <Link href={`${path}?scope=history`}>Open the history</Link>
            </Button>
          }
        >
          Nothing is waiting, and no mail has left today.
        </EmptyState>
      );
  }
}
