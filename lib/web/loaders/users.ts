import "server-only";
import { kindWords } from "@/lib/domain/views/notifications";
import { type PersonView, personView } from "@/lib/domain/views/person";
import { listUsersPage } from "@/lib/store/views/people";
import { containsPattern } from "@/lib/store/views/people-search";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

export type UserRowView = {
  person: PersonView;
  email: string | null;
  /** Why they get nothing; null when they do. */
  off: string | null;
  switchedOff: string[];
  requestCount: number;
  lastToldAt: Date | null;
};

export type UserListView = { rows: UserRowView[]; older: string | null };

const PAGE_SIZE = 50;

/** People who ask in Seerr, by name. */
export async function loadUserList(query: {
  q?: string | undefined;
  after?: string | undefined;
}): Promise<UserListView> {
  await requireViewer();
  const text = query.q?.trim().slice(0, 200);
  const match = /^(\d{1,9})~(.*)$/s.exec(query.after ?? "");
  const rows = await listUsersPage(
    webDatabase().db,
    {
      pattern: text ? containsPattern(text) : null,
      after: match?.[1] ? { id: Number(match[1]), name: match[2] ?? "" } : null,
    },
    PAGE_SIZE + 1,
  );
  const page = rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  return {
    rows: page.map(({ user, requestCount, lastToldAt }) => ({
      person: personView(user.id, user.displayName),
      email: user.email,
      off: offWords(user),
      switchedOff: user.mutedKinds.map(kindWords),
      requestCount,
      lastToldAt: lastToldAt ? new Date(lastToldAt) : null,
    })),
    older: rows.length > PAGE_SIZE && last ? `${last.user.id}~${last.sortName}` : null,
  };
}

function offWords(user: {
  isActive: boolean;
  goneFromSeerrAt: Date | null;
  unsubscribedAt: Date | null;
  email: string | null;
}): string | null {
  if (!user.isActive) return "Deactivated";
  if (user.goneFromSeerrAt) return "No longer in Seerr";
  if (user.unsubscribedAt) return "Unsubscribed";
  return user.email ? null : "No mail address in Seerr";
}
