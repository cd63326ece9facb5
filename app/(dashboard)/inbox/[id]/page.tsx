import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Query } from "@/components/address";
import { loadInboxEvent, loadInboxList } from "@/lib/web/loaders/inbox";
import { currentReader } from "@/lib/web/viewer";
import { InboxView } from "../inbox-view";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

const read = async (params: Props["params"]) => {
  const { id } = await params;
  return /^\d{1,15}$/.test(id) ? loadInboxEvent(Number(id)) : null;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const event = await read(params);
  return { title: event ? `${event.typeWords} from ${event.sourceName}` : "Inbox" };
}

export default async function InboxEventPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const [event, list, reader] = await Promise.all([
    read(params),
    loadInboxList(query),
    currentReader(),
  ]);
  if (!event) notFound();
  return <InboxView list={list} event={event} chosen query={query} reader={reader} />;
}
