import type { Metadata } from "next";
import type { Query } from "@/components/address";
import { loadInboxEvent, loadInboxList } from "@/lib/web/loaders/inbox";
import { currentReader } from "@/lib/web/viewer";
import { InboxView } from "./inbox-view";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [list, reader] = await Promise.all([loadInboxList(query), currentReader()]);
  const newest = list.rows[0];
  const event = newest ? await loadInboxEvent(newest.id) : null;
  return <InboxView list={list} event={event} chosen={false} query={query} reader={reader} />;
}
