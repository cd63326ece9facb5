import "server-only";
import { personView } from "@/lib/domain/views/person";
import {
  chosenKinds,
  standingChoices,
  type UserListView,
  userOrders,
  userSort,
} from "@/lib/domain/views/users";
import { encodePlace, keysetWindow } from "@/lib/store/views/keyset";
import {
  countUsers,
  listUserPage,
  type UserFilter,
  userOrderedBy,
} from "@/lib/store/views/user-list";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

const PAGE_SIZE = 50;

/** One page of the people who ask in Seerr, with their counts. */
export async function loadUserList(query: {
  q?: string | undefined;
  mails?: string | undefined;
  sort?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
}): Promise<UserListView> {
  await requireViewer();
  const { db } = webDatabase();
  const filter: UserFilter = {
    text: query.q?.trim().slice(0, 200) || null,
    standings: standingChoices.find(({ value }) => value === query.mails)?.standings ?? null,
  };
  const sort = userSort(userOrders.find((order) => order === query.sort) ?? "name");
  const window = keysetWindow(query.after, query.before, userOrderedBy[sort.by]);
  const isFiltered = filter.text !== null || filter.standings !== null;
  const [page, total, matching] = await Promise.all([
    listUserPage(db, filter, sort, window, PAGE_SIZE),
    countUsers(db, { text: null, standings: null }),
    isFiltered ? countUsers(db, filter) : null,
  ]);
  return {
    rows: page.rows.map(({ user, place: _, ...row }) => ({
      ...row,
      person: personView(user.id, user.displayName),
      email: user.email || null,
      kinds: chosenKinds(user.mutedKinds),
    })),
    sort,
    total,
    matching: matching ?? total,
    before: page.newer ? encodePlace(page.newer) : null,
    after: page.older ? encodePlace(page.older) : null,
  };
}
