import type {
  EarlierHistory,
  EarlierRequest,
  EarlierTelling,
  EarlierUser,
  LeftOut,
} from "@/lib/domain/earlier-history";
import {
  type DeliveryRow,
  decideDelivery,
  decideNotification,
  type NotificationRow,
} from "@/lib/domain/earlier-tellings";
import { AppError } from "@/lib/errors";
import type { EarlierDatabase } from "./database";
import { openPostgresServer } from "./postgres-server";
import { openSqliteFile } from "./sqlite-file";

/** Opens `postgresql://…` or a SQLite file. Throws an AppError in words when it is none of the earlier BingeAlert. */
export async function openEarlierDatabase(source: string): Promise<EarlierDatabase> {
  const database = /^postgres(ql)?:\/\//.test(source)
    ? await openPostgresServer(source)
    : await openSqliteFile(source);
  const missing = ["users", "media_requests", "notifications"].filter(
    (table) => !database.tables.has(table),
  );
  const isOurs = database.tables.has("delivery_ledger");
  if (missing.length === 0 && !isOurs) return database;
  await database.close();
  throw new AppError(
    "bad_request",
    isOurs
      ? "This is the database of this version, not of the earlier one"
      : `This is no database of the earlier BingeAlert: it has no table ${missing.join(", ")}`,
  );
}

/** Everything that may come over. Rows that make no sense are left out and counted. */
export async function readHistory(database: EarlierDatabase): Promise<EarlierHistory> {
  const leftOut: LeftOut[] = [];
  const users = await readUsers(database, leftOut);
  const requests = await readRequests(database, leftOut);
  const watchers = (await readAll(database, "shared_requests", ["request_id", "user_id"])).flatMap(
    (row) => {
      const requestId = whole(row.request_id);
      const userId = whole(row.user_id);
      return requestId === null || userId === null ? [] : [{ requestId, userId }];
    },
  );
  const tellings = [
    ...(await readNotifications(database, leftOut)),
    ...(await readDeliveries(database, leftOut)),
    ...(await readTracking(database)),
  ];
  return { users, requests, watchers, tellings, leftOut };
}

type Row = Record<string, string | null | undefined>;

const portion = 5000;

/** All rows of a table, portion by portion; a column that version did not have is null. */
async function readAll(
  database: EarlierDatabase,
  table: string,
  columns: readonly string[],
): Promise<Row[]> {
  const present = database.tables.get(table);
  if (!present) return [];
  const picked = ["id", ...columns]
    .map((name) =>
      present.has(name) ? `cast("${name}" as text) as "${name}"` : `null as "${name}"`,
    )
    .join(", ");
  const rows: Row[] = [];
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const some = await database.select(
      `select ${picked} from "${table}" where "id" > ${last} order by "${table}"."id" limit ${portion}`,
    );
    rows.push(...some);
    if (some.length < portion) return rows;
    last = Number(some.at(-1)?.id);
  }
}

async function readUsers(database: EarlierDatabase, leftOut: LeftOut[]): Promise<EarlierUser[]> {
  const columns = ["jellyseerr_id", "email", "username", "is_active", "deactivated_at"];
  return (await readAll(database, "users", columns)).flatMap((row) => {
    const id = whole(row.id);
    const seerrUserId = whole(row.jellyseerr_id);
    if (id === null || seerrUserId === null) return broken(leftOut, `user ${row.id}`);
    return {
      id,
      seerrUserId,
      name: row.username ?? null,
      email: row.email ?? null,
      isActive: row.is_active === null || row.is_active === undefined || yes(row.is_active),
      deactivatedAt: moment(row.deactivated_at),
    };
  });
}

async function readRequests(
  database: EarlierDatabase,
  leftOut: LeftOut[],
): Promise<EarlierRequest[]> {
  const columns = ["user_id", "jellyseerr_request_id", "media_type", "tmdb_id", "title"];
  return (await readAll(database, "media_requests", columns)).flatMap((row) => {
    const id = whole(row.id);
    const userId = whole(row.user_id);
    const { media_type: mediaType } = row;
    if (id === null || userId === null || (mediaType !== "movie" && mediaType !== "tv")) {
      return broken(leftOut, `request ${row.id}`);
    }
    return {
      id,
      userId,
      seerrRequestId: whole(row.jellyseerr_request_id) ?? 0,
      mediaType,
      tmdbId: whole(row.tmdb_id) ?? 0,
      title: row.title ?? null,
    };
  });
}

/** A body is only read where the subject does not say which episode it is: all of them are large. */
async function readNotifications(
  database: EarlierDatabase,
  leftOut: LeftOut[],
): Promise<EarlierTelling[]> {
  const columns = [
    ...["user_id", "request_id", "notification_type", "subject", "sent"],
    ...["sent_at", "error_message", "created_at"],
  ];
  const tellings: EarlierTelling[] = [];
  for (const row of await readAll(database, "notifications", columns)) {
    const userId = whole(row.user_id);
    const requestId = whole(row.request_id);
    if (userId === null || requestId === null) {
      broken(leftOut, `notification ${row.id}`);
      continue;
    }
    const notification: NotificationRow = {
      userId,
      requestId,
      type: row.notification_type ?? "",
      subject: row.subject ?? "",
      isSent: yes(row.sent),
      sentAt: moment(row.sent_at),
      error: row.error_message ?? null,
      createdAt: moment(row.created_at) ?? new Date(0),
    };
    const decided = decideNotification(notification, null);
    const isBodyNeeded = decided.kind === "leftOut" && decided.reason === "no_episode";
    const found = isBodyNeeded
      ? decideNotification(notification, await readBody(database, whole(row.id)))
      : decided;
    if (found.kind === "told") tellings.push(...found.tellings);
    else leftOut.push({ reason: found.reason, what: notification.subject });
  }
  return tellings;
}

async function readBody(database: EarlierDatabase, id: number | null): Promise<string | null> {
  if (id === null || !database.tables.get("notifications")?.has("body")) return null;
  const [row] = await database.select(
    `select cast(body as text) as body from notifications where id = ${id}`,
  );
  return row?.body ?? null;
}

/** What that system remembered beside its mails, since its version 2.3.1. */
async function readDeliveries(
  database: EarlierDatabase,
  leftOut: LeftOut[],
): Promise<EarlierTelling[]> {
  const columns = [
    ...["user_id", "request_id", "notification_type", "dedupe_key"],
    ...["season_number", "episode_number", "created_at", "sent_at"],
  ];
  return (await readAll(database, "notification_delivery_log", columns)).flatMap((row) => {
    const userId = whole(row.user_id);
    const requestId = whole(row.request_id);
    if (userId === null || requestId === null) return broken(leftOut, `delivery ${row.id}`);
    const delivery: DeliveryRow = {
      userId,
      requestId,
      type: row.notification_type ?? "",
      dedupeKey: row.dedupe_key ?? "",
      season: whole(row.season_number),
      episode: whole(row.episode_number),
      at: moment(row.sent_at) ?? moment(row.created_at) ?? new Date(0),
    };
    const decided = decideDelivery(delivery);
    if (decided.kind === "told") return decided.tellings;
    leftOut.push({ reason: decided.reason, what: delivery.dedupeKey });
    return [];
  });
}

/**
 * Episodes it counted as settled for everybody attached: found when a request was first read, or mailed to one of
 * them. Nobody was going to be told of these.
 */
async function readTracking(database: EarlierDatabase): Promise<EarlierTelling[]> {
  const columns = ["request_id", "season_number", "episode_number", "notified", "created_at"];
  return (await readAll(database, "episode_tracking", columns)).flatMap((row) => {
    const requestId = whole(row.request_id);
    const season = whole(row.season_number);
    const episode = whole(row.episode_number);
    if (requestId === null || season === null || episode === null || !yes(row.notified)) return [];
    const at = moment(row.created_at) ?? new Date(0);
    return {
      userId: null,
      requestId,
      episode: { season, episode },
      how: "known_before" as const,
      at,
    };
  });
}

function broken(leftOut: LeftOut[], what: string): [] {
  leftOut.push({ reason: "broken_row", what });
  return [];
}

/** Whole numbers that fit our columns; anything else is null. */
function whole(text: string | null | undefined): number | null {
  if (!text || !/^\d{1,10}$/.test(text)) return null;
  const number = Number(text);
  return number <= 2_147_483_647 ? number : null;
}

/** SQLite says 1, PostgreSQL `true`. */
const yes = (text: string | null | undefined) => text === "1" || text === "true" || text === "t";

/** Both systems wrote moments in UTC without saying so; where a zone is written it counts. */
function moment(text: string | null | undefined): Date | null {
  if (!text) return null;
  const iso = text
    .trim()
    .replace(" ", "T")
    .replace(/([+-]\d\d)$/, "$1:00");
  const date = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}
