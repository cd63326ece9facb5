import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { recoverInterrupted } from "@/lib/services/runs/recover-interrupted";
import {
  closeStage,
  openStage,
  type Stage,
  subjectsTo,
  timelineOf,
  withoutDelay,
} from "@/test/integration/scenarios/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterEach(() => stage.stack.mailbox.recover());
afterAll(() => closeStage(stage));

/** A user, and a movie of theirs that plays: a mail is about to leave. */
async function ready(name: string) {
  const { stack, household } = stage;
  // What Plex said a moment ago is not asked again: the test's clock has to move for a new answer.
  await household.advance({ seconds: 30 });
  const email = `${name.toLowerCase()}@example.net`;
  const user = stack.seerr.addUser({ displayName: name, email });
  const movie = stack.world.addMovie({ title: `A Film for ${name}` });
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie));
  return { email, request, title: movie.title };
}

async function mailOf(title: string) {
  const [row] = await stage.household.ctx.database.raw<
    { status: string; reason: string | null; reply: string | null; attempts: number; due: Date }[]
  >`select status, status_reason as reason, smtp_reply as reply, attempts, due_at as due
    from notifications where title = ${title} and audience = 'user'`;
  if (!row) throw new Error(`There is no mail about ${title}`);
  return row;
}

test("promise 8, honest about mail: a server that asks to try later is tried later, with growing pauses and one Message-ID", async () => {
  const { stack, household } = stage;
  stack.mailbox.behave("anna@example.net", { kind: "defer-message" }, { times: 3 });
  const { email, request, title } = await ready("Anna");
  await household.settle();
  const first = await mailOf(title);
  expect(first).toMatchObject({ status: "retrying", attempts: 1 });
  expect(first.reply).toContain("4.3.0 Try again later");
  expect(first.due.getTime() - household.now.getTime()).toBe(60_000);
  expect((await timelineOf(stage, request)).map((row) => row.code)).toContain("mail_retrying");
  await household.advance({ seconds: 59 });
  expect((await mailOf(title)).attempts).toBe(1);
  await household.advance({ minutes: 22 });
  expect(await mailOf(title)).toMatchObject({ status: "sent", attempts: 4 });
  expect(subjectsTo(stage, email)).toEqual([`${title} is ready`]);
  const tries = stack.mailbox.attempts.filter((mail) => mail.envelopeTo.includes(email));
  expect(tries).toHaveLength(4);
  expect(new Set(tries.map((mail) => mail.messageId)).size).toBe(1);
});

test("promise 8, B11: an address refused for good stops with the server's words, and disturbs nobody else", async () => {
  const { stack, household } = stage;
  stack.mailbox.behave("ben@example.net", { kind: "refuse-recipient" });
  const refused = await ready("Ben");
  const fine = await ready("Cleo");
  await household.settle();
  expect(await mailOf(refused.title)).toMatchObject({ status: "failed", attempts: 1 });
  expect((await mailOf(refused.title)).reply).toContain("5.1.1 No such user here");
  const trouble = (await timelineOf(stage, refused.request)).find((r) => r.code === "mail_failed");
  expect(trouble?.reason).toContain("No such user here");
  expect(await mailOf(fine.title)).toMatchObject({ status: "sent", attempts: 1 });
  await household.advance({ hours: 2 });
  expect((await mailOf(refused.title)).attempts).toBe(1);
});

test.each([
  { name: "Dana", keep: true },
  { name: "Emil", keep: false },
])(
  "promise 8: a server that hangs up after the message (kept: $keep) leaves it unknown, never sent again by itself",
  async ({ name, keep }) => {
    const { stack, household } = stage;
    const address = `${name.toLowerCase()}@example.net`;
    stack.mailbox.behave(address, { kind: "hang-up-after-message", keep }, { times: 1 });
    const { email, request, title } = await ready(name);
    await household.settle();
    expect(await mailOf(title)).toMatchObject({ status: "unknown", attempts: 1 });
    await household.advance({ hours: 3 });
    await recoverInterrupted(household.ctx, async () => true);
    await household.restart();
    await household.run("reconcile");
    await household.advance({ hours: 3 });
    expect(await mailOf(title)).toMatchObject({ status: "unknown", attempts: 1 });
    const tries = stack.mailbox.attempts.filter((mail) => mail.envelopeTo.includes(email));
    expect(tries).toHaveLength(1);
    expect((await timelineOf(stage, request)).map((row) => row.code)).toContain("mail_unknown");
  },
);

test("promise 8: a wrong password is about the server, not the mail: it waits and leaves when it is right", async () => {
  const { stack, household } = stage;
  const login = { user: "bingealert", password: "right" };
  await stack.mailbox.requireLogin(login);
  household.configure({ SMTP_USER: login.user, SMTP_PASSWORD: "wrong" });
  const { email, title } = await ready("Finn");
  await household.settle();
  expect(await mailOf(title)).toMatchObject({
    status: "retrying",
    reason: "The mail server cannot be used now",
  });
  expect((await mailOf(title)).reply).toContain("535");
  household.configure({ SMTP_PASSWORD: login.password });
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, email)).toEqual([`${title} is ready`]);
  await stack.mailbox.requireLogin(null);
  household.configure({ SMTP_USER: "", SMTP_PASSWORD: "" });
});

test("promise 8, B12: an outage of hours loses nothing and sends each mail once", async () => {
  const { stack, household } = stage;
  await stack.mailbox.down();
  const people = [await ready("Gina"), await ready("Hugo")];
  await household.advance({ hours: 7 });
  const connections = stack.mailbox.connections;
  await stack.mailbox.up();
  await household.advance({ hours: 7 });
  for (const { email, title } of people) {
    expect(subjectsTo(stage, email)).toEqual([`${title} is ready`]);
    expect((await mailOf(title)).attempts).toBeLessThan(12);
  }
  expect(stack.mailbox.connections - connections).toBeLessThanOrEqual(3);
});

test("promise 8: a mail that cannot be made, or whose attempt is lost, is not stuck in sending", async () => {
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  stack.mailbox.behave("jan@example.net", { kind: "defer-message" }, { times: 1 });
  const { email, title } = await ready("Jan");
  await household.settle();
  // What the mail is about is gone for a while: nothing can be rendered.
  const [item] = await raw<{ key: string }[]>`
    select media_key as key from media_items where title = ${title}`;
  const key = item?.key ?? "";
  await raw`update media_items set media_key = 'away' where media_key = ${key}`;
  await household.advance({ minutes: 2 });
  expect(await mailOf(title)).toMatchObject({ status: "retrying", attempts: 2 });
  await raw`update media_items set media_key = ${key} where media_key = 'away'`;
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, email)).toEqual([`${title} is ready`]);

  // A claim of a worker that lives, but whose job ended without a word (PostgreSQL was gone for a moment).
  const lost = await ready("Kaja");
  stack.mailbox.behave(lost.email, { kind: "defer-message" }, { times: 1 });
  await household.settle();
  await raw`update notifications set status = 'sending', handed_over_at = null, claimed_at = ${household.now},
    claimed_by = ${household.ctx.workerId} where title = ${lost.title}`;
  await household.advance({ minutes: 20 });
  await recoverInterrupted(household.ctx, async () => true);
  await household.advance({ minutes: 1 });
  expect(subjectsTo(stage, lost.email)).toEqual([`${lost.title} is ready`]);
});
