import { afterAll, beforeAll, expect, test } from "vitest";
import { notifications, requests, requestWatchers, users } from "@/drizzle/schema";
import { decideRecipient } from "@/lib/domain/recipients";
import { standingChoices, type UserSort } from "@/lib/domain/views/users";
import { openDatabase } from "@/lib/store/db";
import { encodePlace, type KeysetWindow, keysetWindow } from "@/lib/store/views/keyset";
import { countUsers, listUserPage } from "@/lib/store/views/user-list";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

let database: TestDatabase;
let opened: ReturnType<typeof openDatabase>;
const everybody = { text: null, standings: null };
const people = 137;

beforeAll(async () => {
  database = await createTestDatabase();
  opened = openDatabase(database.url, { max: 2, name: "users" });
  const { db } = opened;
  const day = (n: number) => new Date(Date.UTC(2026, 9, n));
  const rows = await db
    .insert(users)
    .values(
      Array.from({ length: people }, (_, n) => ({
        seerrUserId: n + 1,
        // Names come twice, in both cases.
        displayName: `${n % 2 ? "person" : "Person"} ${String(n >> 1).padStart(3, "0")}`,
        email: n % 17 === 3 ? null : n % 17 === 4 ? "somebody" : `p${n}@example.net`,
        isActive: n % 11 !== 5,
        unsubscribedAt: n % 13 === 6 ? day(2) : null,
        goneFromSeerrAt: n % 7 === 2 ? day(3) : null,
        mutedKinds: n % 5 === 1 ? ["coming_soon"] : [],
      })),
    )
    .returning();
  const request = await db
    .insert(requests)
    .values(
      [1, 2, 3].map((n) => ({
        ...{ seerrRequestId: n, mediaType: "movie" as const, tmdbId: n, title: `Film ${n}` },
        ...{ status: "approved" as const, origin: "sync" as const, requestedAt: day(1) },
      })),
    )
    .returning();
  await db
    .insert(requestWatchers)
    .values(
      rows.flatMap(({ id }, n) =>
        request
          .slice(0, n % 4)
          .map((one) => ({ requestId: one.id, userId: id, source: "asked" as const })),
      ),
    );
  await db.insert(notifications).values(
    rows
      .filter((_, n) => n % 3 > 0)
      .map(({ id }, n) => ({
        ...{ audience: "user" as const, userId: id, kind: "movie_available", title: "Film" },
        ...{ subject: "Film is ready", status: "sent" as const, dueAt: day(1) },
        sentAt: day(1 + (n % 20)),
      })),
  );
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

const orders: UserSort[] = (["name", "requests", "told"] as const).flatMap((by) => [
  { by, direction: "asc" as const },
  { by, direction: "desc" as const },
]);
const kindOf = { name: "text", requests: "number", told: "moment" } as const;

test.each(orders)("pages by $by, $direction, meet everybody once, and lead back", async (sort) => {
  const { db } = opened;
  const pages: number[][] = [];
  let window: KeysetWindow = { kind: "first" };
  let last: KeysetWindow = window;
  for (;;) {
    const page = await listUserPage(db, everybody, sort, window, 20);
    pages.push(page.rows.map(({ user }) => user.id));
    last = window;
    if (!page.older) break;
    window = keysetWindow(encodePlace(page.older), undefined, kindOf[sort.by]);
    expect(window.kind).toBe("after");
  }
  const seen = pages.flat();
  expect(new Set(seen).size).toBe(people);
  expect(seen).toHaveLength(people);

  const all = await listUserPage(db, everybody, sort, { kind: "first" }, people);
  expect(seen).toEqual(all.rows.map(({ user }) => user.id));
  const keys = all.rows.map((row) =>
    sort.by === "name"
      ? row.user.displayName.toLowerCase()
      : sort.by === "requests"
        ? row.requestCount
        : (row.lastToldAt?.getTime() ?? 0),
  );
  const sorted = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  expect(keys).toEqual(sort.direction === "asc" ? sorted : sorted.reverse());

  const end = await listUserPage(db, everybody, sort, last, 20);
  if (!end.newer) throw new Error("The last page does not lead back");
  const back = keysetWindow(undefined, encodePlace(end.newer), kindOf[sort.by]);
  const before = await listUserPage(db, everybody, sort, back, 20);
  expect(before.rows.map(({ user }) => user.id)).toEqual(pages.at(-2));
});

test("whether somebody gets mails is said as it is decided when one is made", async () => {
  const { rows } = await listUserPage(
    opened.db,
    everybody,
    { by: "name", direction: "asc" },
    { kind: "first" },
    people,
  );
  const codes = { inactive: "deactivated", unsubscribed: "unsubscribed", gone: "gone" } as const;
  for (const { user, standing } of rows) {
    const decided = decideRecipient({ ...user, mutedTitleAt: null }, "", "");
    const expected =
      decided.kind === "tell"
        ? user.mutedKinds.length > 0
          ? "some_off"
          : "gets"
        : ((codes as Record<string, string>)[decided.code] ?? decided.code);
    expect(standing, user.displayName).toBe(expected);
  }
  for (const { value, standings } of standingChoices) {
    const fitting = rows.filter((row) => (standings as string[]).includes(row.standing)).length;
    expect(fitting, value).toBeGreaterThan(0);
    expect(await countUsers(opened.db, { text: null, standings }), value).toEqual({
      kind: "exact",
      count: fitting,
    });
  }
});

test("a text finds names and addresses as they are written, and nothing by wildcards", async () => {
  const count = async (text: string) =>
    (await countUsers(opened.db, { text, standings: null })).count;
  expect(await count("PERSON 012")).toBe(2);
  expect(await count("p30@")).toBe(1);
  expect(await count("%")).toBe(0);
  expect(await count("_erson")).toBe(0);
});

test("nonsense in the address is the first page", () => {
  for (const text of ["x~1", "1.5~2", "99999999999~1", "-1~1", "~", "NaN~3"]) {
    expect(keysetWindow(text, undefined, "number"), text).toEqual({ kind: "first" });
  }
});
