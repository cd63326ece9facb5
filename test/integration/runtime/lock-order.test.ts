import { afterAll, beforeAll, expect, test } from "vitest";
import { enqueue } from "@/lib/queue/enqueue";
import { cancelNotification } from "@/lib/services/mails/cancel-notification";
import { recordOutcomes } from "@/lib/services/mails/record-outcomes";
import {
  findNotification,
  listNotificationItems,
  moveNotification,
} from "@/lib/store/notifications";
import { lockRequests } from "@/lib/store/requests";
import {
  closeStage,
  openStage,
  type Stage,
  withoutDelay,
} from "@/test/integration/scenarios/stage";

/** Every test's database counts rings of waiting when it is dropped; here they would come about for certain. */

let stage: Stage;
let requestId: number;
let notificationId: number;

beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
  const { stack, household } = stage;
  const movie = stack.world.addMovie({ title: "The Gate" });
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.mailbox.behave("anna@example.net", { kind: "defer-message" });
  stack.plex.show(await stack.radarr.import(movie));
  await household.settle();
  const [row] = await household.ctx.database.raw<{ requestId: number; notificationId: number }[]>`
    select i.request_id as "requestId", n.id as "notificationId"
    from notifications n join notification_items i on i.notification_id = n.id`;
  if (!row) throw new Error("No mail was planned");
  ({ requestId, notificationId } = row);
});
afterAll(() => closeStage(stage));

const ctx = () => stage.household.ctx;

/** Writes down that the server refused the mail, as the worker does that is sending it. */
async function recordRefusal(): Promise<void> {
  const { db, raw } = ctx().database;
  await raw`update notifications set status = 'sending' where id = ${notificationId}`;
  const notification = await findNotification(db, notificationId);
  if (!notification) throw new Error("The mail is gone");
  const after = { status: "failed" as const, reason: "Refused", reply: "550 No" };
  const outcome = { notification, name: "Anna", outcome: "refused" as const, after };
  const items = await listNotificationItems(db, notificationId);
  await db.transaction((tx) =>
    recordOutcomes(tx, [{ ...outcome, items, at: ctx().now(), timeZone: "UTC" }]),
  );
}

/** A moment that one transaction brings about and another waits for. */
function moment(): { come: () => void; whenCome: Promise<void> } {
  let come = () => {};
  const whenCome = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { come, whenCome };
}

/** Waits until a transaction of the test's database waits for another. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await ctx().database.raw`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("a job and a request that two transactions want in opposite order are had by both", async () => {
  const { db, raw } = ctx().database;
  const [queued, locked] = [moment(), moment()];
  await Promise.all([
    db.transaction(async (tx) => {
      await enqueue(tx, "review_request", { requestId }, { runAt: new Date("2099-01-01") });
      queued.come();
      await locked.whenCome;
      await lockRequests(tx, [requestId]);
    }),
    db.transaction(async (tx) => {
      await queued.whenCome;
      await lockRequests(tx, [requestId]);
      locked.come();
      await enqueue(tx, "review_request", { requestId }, { runAt: new Date("2099-01-02") });
    }),
  ]);
  const jobs = await raw`
    select from graphile_worker.jobs where key = ${`review_request:${requestId}`}`;
  expect(jobs).toHaveLength(1);
});

test.each([
  { name: "its outcome", change: recordRefusal },
  { name: "its cancellation", change: () => cancelNotification(ctx(), notificationId, "admin") },
])("$name waits for the mail's request before it holds the mail", async ({ change }) => {
  const { db } = ctx().database;
  const refused = { status: "failed" as const, statusReason: "Looked at" };
  let changed: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await lockRequests(tx, [requestId]);
    changed = change();
    await untilSomebodyWaits();
    await moveNotification(tx, notificationId, ["retrying", "sending"], refused, ctx().now());
  });
  await changed;
});

test("a job of a transaction that is undone does not exist", async () => {
  const { db, raw } = ctx().database;
  const undone = db.transaction(async (tx) => {
    await enqueue(tx, "check_issue", { issueId: 4711 });
    throw new Error("changed my mind");
  });
  await expect(undone).rejects.toThrow("changed my mind");
  expect(await raw`select from graphile_worker.jobs where key = 'check_issue:4711'`).toEqual([]);
});
