import { afterAll, beforeAll, expect, test } from "vitest";
import { createSmtpSender, type SmtpSender } from "@/lib/clients/smtp";
import { flushBatch } from "@/lib/services/batches/flush-batch";
import type { WorkerContext } from "@/lib/services/context";
import { deliverNotification } from "@/lib/services/mails/deliver-notification";
import { recoverInterrupted } from "@/lib/services/runs/recover-interrupted";
import { Mailbox } from "@/test/support/mailbox";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";
import type { ShowTitle } from "@/test/support/upstreams/world";
import { closeStage, openStage, type Stage, subjectsTo, timelineOf } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

function somebody(name: string): SeerrUser {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

async function ask(user: SeerrUser, title: string): Promise<{ show: ShowTitle; id: number }> {
  const { stack } = stage;
  const show = stack.world.addShow({ title, seasons: { 1: 3 } });
  const { id } = await stack.seerr.request({ user, title: show, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, 1, { mode: "file" }));
  return { show, id };
}

async function statusOf(title: string): Promise<{ status: string; reason: string | null }[]> {
  return stage.household.ctx.database.raw<{ status: string; reason: string | null }[]>`
    select status, status_reason as reason from notifications where title = ${title}`;
}

test("B2: two workers that flush and send the same things at the same time send each mail once", async () => {
  const { stack, household } = stage;
  const { database } = household.ctx;
  const names = Array.from({ length: 6 }, (_, i) => `Twin${i}`);
  const users = names.map(somebody);
  for (const user of users) await ask(user, `Shared Work of ${user.displayName}`);
  await household.settle();

  const smtp = createSmtpSender();
  const later = new Date(household.now.getTime() + 8 * 60_000);
  const worker = (workerId: string): WorkerContext => ({
    ...household.ctx,
    workerId,
    now: () => later,
    smtp,
  });
  const workers = [worker("one"), worker("two")];
  const batches = await database.raw<
    { id: string }[]
  >`select id from batches where status = 'open'`;
  expect(batches.length).toBeGreaterThanOrEqual(users.length);
  const ids = batches.map((row) => Number(row.id));
  // Who loses the race for Plex's index looks again a little later, as the alarm it sets says.
  for (let round = 0; round < 3; round++) {
    await Promise.all(workers.flatMap((ctx) => ids.map((id) => flushBatch(ctx, id))));
    later.setTime(later.getTime() + 60_000);
  }
  const mails = await database.raw<{ id: string }[]>`
    select id from notifications where status = 'scheduled'`;
  expect(mails).toHaveLength(users.length);
  await Promise.all(
    workers.flatMap((ctx) =>
      mails.map(({ id }) => deliverNotification(ctx, ctx.smtp, { notificationId: Number(id) })),
    ),
  );
  await household.advance({ minutes: 30 });
  for (const user of users) expect(subjectsTo(stage, user.email)).toHaveLength(1);
  expect(stack.mailbox.attempts).toHaveLength(users.length);
  smtp.close();
});

test("B3: a kill between the server's yes and the commit sends no second mail and ends visibly as unknown", async () => {
  const { stack, household } = stage;
  const { ctx } = household;
  const user = somebody("Sven");
  const { show, id } = await ask(user, "Cut Short");
  const good = ctx.smtp;
  let kills = 0;
  ctx.smtp = {
    ...good,
    sendMail: async (...args: Parameters<SmtpSender["sendMail"]>) => {
      await good.sendMail(...args);
      kills += 1;
      throw new Error("killed after the server said yes");
    },
  };
  await household.advance({ minutes: 8 });
  ctx.smtp = good;
  expect(kills).toBe(1);
  expect(await statusOf(show.title)).toMatchObject([{ status: "sending" }]);

  await recoverInterrupted(ctx, async () => false);
  const [left] = await statusOf(show.title);
  expect(left?.status).toBe("unknown");
  expect(left?.reason).toContain("may have arrived");
  await household.advance({ hours: 2 });
  await household.run("reconcile");
  await household.advance({ hours: 2 });
  await recoverInterrupted(ctx, async () => false);
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  const trouble = (await timelineOf(stage, { id })).find((e) => e.code === "mail_unknown");
  expect(trouble?.words).toBe("It is not known whether Sven got the mail about episode 1");
  const [row] = await ctx.database.raw<{ state: string }[]>`
    select state from requests where seerr_request_id = ${id}`;
  expect(row?.state).toBe("mail_unknown");
  expect(stack.mailbox.to(user.email)).toHaveLength(1);
});

test("B3: a kill before the server had the mail sends it once, afterwards", async () => {
  const { household } = stage;
  const { ctx } = household;
  const user = somebody("Tara");
  const { show } = await ask(user, "Cut Shorter");
  const good = ctx.smtp;
  ctx.smtp = {
    ...good,
    sendMail: async () => {
      throw new Error("killed before the server had it");
    },
  };
  await household.advance({ minutes: 8 });
  ctx.smtp = good;
  expect(await statusOf(show.title)).toMatchObject([{ status: "sending" }]);
  await recoverInterrupted(ctx, async () => false);
  await household.advance({ minutes: 1 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  expect(await statusOf(show.title)).toMatchObject([{ status: "sent" }]);
});

test("B34: changed SMTP settings apply to the next mail, without a restart", async () => {
  const { stack, household } = stage;
  const user = somebody("Uma");
  const second = new Mailbox();
  await second.start();
  try {
    await ask(user, "Old Server");
    await household.advance({ minutes: 8 });
    expect(subjectsTo(stage, user.email)).toEqual(["Old Server: episode 1 is ready"]);

    household.configure({ SMTP_PORT: String(second.port), SMTP_FROM: "News <news@example.org>" });
    await ask(user, "New Server");
    await household.advance({ minutes: 8 });
    expect(second.to(user.email).map((mail) => mail.subject)).toEqual([
      "New Server: episode 1 is ready",
    ]);
    expect(second.messages[0]?.envelopeFrom).toBe("news@example.org");
    expect(subjectsTo(stage, user.email)).toHaveLength(1);
  } finally {
    household.configure({
      SMTP_PORT: String(stack.mailbox.port),
      SMTP_FROM: "BingeAlert <bingealert@example.net>",
    });
    await second.stop();
  }
});

test("B34: a mail that found the old server down leaves through the new one", async () => {
  const { stack, household } = stage;
  const user = somebody("Vera");
  const second = new Mailbox();
  await second.start();
  await stack.mailbox.down();
  try {
    const { show, id } = await ask(user, "Moved House");
    await household.advance({ minutes: 8 });
    expect(await statusOf(show.title)).toMatchObject([{ status: "retrying" }]);
    const codes = (await timelineOf(stage, { id })).map((entry) => entry.code);
    expect(codes).toContain("mail_retrying");
    household.configure({ SMTP_PORT: String(second.port) });
    await household.advance({ minutes: 10 });
    expect(second.to(user.email)).toHaveLength(1);
    expect(await statusOf(show.title)).toMatchObject([{ status: "sent" }]);
  } finally {
    await stack.mailbox.up();
    household.configure({ SMTP_PORT: String(stack.mailbox.port) });
    await second.stop();
  }
});

test("a reply PostgreSQL cannot store as it is does not lose that the mail was sent", async () => {
  const { household } = stage;
  const { ctx } = household;
  const user = somebody("Wim");
  const { show, id } = await ask(user, "Strange Reply");
  const good = ctx.smtp;
  ctx.smtp = {
    ...good,
    sendMail: async (...args: Parameters<SmtpSender["sendMail"]>) => {
      await good.sendMail(...args);
      return { kind: "accepted", response: "250 2.0.0 Ok\0: queued \ud800" };
    },
  };
  await household.advance({ minutes: 8 });
  ctx.smtp = good;
  expect(await statusOf(show.title)).toMatchObject([{ status: "sent" }]);
  expect((await timelineOf(stage, { id })).map((entry) => entry.code)).toContain("told");
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

test("an attempt that was taken for dead completes nothing, and undoes nothing of the one that sent it", async () => {
  const { stack, household } = stage;
  const { ctx } = household;
  const user = somebody("Yara");
  const { show } = await ask(user, "Taken Over");
  const good = ctx.smtp;
  const sendMail: SmtpSender["sendMail"] = async (...args) => {
    ctx.smtp = good;
    // Before the server has a word of it another worker takes the mail over and sends it.
    await recoverInterrupted(ctx, async () => false);
    const [row] = await ctx.database.raw<{ id: string }[]>`
      select id from notifications where title = ${show.title}`;
    await deliverNotification({ ...ctx, workerId: "another" }, good, {
      notificationId: Number(row?.id),
    });
    return good.sendMail(...args);
  };
  ctx.smtp = { ...good, sendMail };
  await household.advance({ minutes: 8 });
  await household.advance({ hours: 2 });
  expect(await statusOf(show.title)).toMatchObject([{ status: "sent" }]);
  expect(subjectsTo(stage, user.email)).toEqual(["Taken Over: episode 1 is ready"]);
  const whole = stack.mailbox.attempts.filter((mail) => mail.envelopeTo.includes(user.email));
  expect(whole).toHaveLength(1);
});

test.each(["0", "1"])(
  "a job that comes early does not cut the pause between tries short, with an hourly limit of %s (0: none)",
  async (limit) => {
    const { stack, household } = stage;
    const { ctx } = household;
    const user = somebody(`Xenia${limit}`);
    stack.mailbox.behave(user.email, { kind: "defer-message" });
    const { show } = await ask(user, `Patient Retry ${limit}`);
    await household.advance({ minutes: 8 });
    const rows = () => ctx.database.raw<{ id: string; status: string; due: Date }[]>`
      select id, status, due_at as due from notifications where title = ${show.title}`;
    const [before] = await rows();
    expect(before?.status).toBe("retrying");
    const later = new Date(household.now.getTime() + 24 * 3_600_000);
    await ctx.database.raw`update notifications set due_at = ${later} where title = ${show.title}`;
    household.configure({ MAIL_LIMIT_PER_HOUR: limit });
    await deliverNotification(ctx, ctx.smtp, { notificationId: Number(before?.id) });
    expect(await rows()).toMatchObject([{ status: "retrying", due: later }]);
    household.configure({ MAIL_LIMIT_PER_HOUR: "0" });
  },
);
