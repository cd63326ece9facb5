import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hold, HoldingMailServer } from "@/test/support/fault-run/holding-mail-server";
import { Product, type Victim } from "@/test/support/fault-run/product";
import { settle, waitForFirstSync } from "@/test/support/fault-run/settle";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";

let stack: MediaStack;
let mailServer: HoldingMailServer;
let product: Product;
let anna: SeerrUser;

beforeAll(async () => {
  mailServer = new HoldingMailServer();
  await mailServer.start();
  stack = await startMediaStack();
  stack.plexFollows(0);
  product = await Product.start({
    ...stack.env(),
    SMTP_PORT: String(mailServer.port),
    NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
    MOVIE_FIRST_CHECK_SECONDS: "0",
  });
  await waitForFirstSync(product);
  stack.connect(product.url);
  anna = stack.seerr.addUser({ displayName: "Anna Lindqvist", email: "anna@example.net" });
});

afterAll(async () => {
  await product?.end();
  await mailServer?.stop();
  await stack?.stop();
});

type Mail = {
  id: number;
  uid: string;
  status: string;
  reason: string | null;
  handedOver: boolean;
  attempts: number;
  told: string | null;
};

/** The mail about a title, as it is on record. */
async function readMail(title: string): Promise<Mail | undefined> {
  const [mail] = await product.ask(
    ({ raw }) => raw<Mail[]>`
      select n.id::int, n.uid, n.status, n.status_reason as reason, n.attempts,
        n.handed_over_at is not null as "handedOver",
        (select t.code from timeline_entries t where t.notification_id = n.id
          order by t.at desc, t.id desc limit 1) as told
      from notifications n where n.title = ${title}`,
  );
  return mail;
}

/** Brings a movie to the point where its mail is held; resolves with the mail. */
async function bringMailTo(hold: Hold, title: string): Promise<Mail> {
  // A check of the services talks to the mail server, too, and would be held in the mail's place.
  const left = await settle(product, 30_000);
  if (left) throw new Error(`It does not come to rest: ${JSON.stringify(left)}`);
  const movie = stack.world.addMovie({ title });
  mailServer.holdNext(hold);
  await stack.seerr.request({ user: anna, title: movie, autoApprove: true });
  await stack.radarr.import(movie);
  await waitUntil("a mail is held", () => mailServer.isHolding);
  const mail = await readMail(title);
  if (mail?.status !== "sending") throw new Error(`The mail is ${mail?.status}, not sending`);
  return mail;
}

async function killAndRecover(victim: Victim): Promise<void> {
  const killed = await product.kill(victim);
  if (!killed) throw new Error(`There was no ${victim}`);
  if (victim === "all") await product.startAgain();
  else if (victim === "worker" || victim === "postgres") await product.replaced(victim, killed);
  await product.healthy();
}

async function waitForStatus(title: string, status: string, patienceMs = 30_000): Promise<Mail> {
  let mail: Mail | undefined;
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(100)) {
    mail = await readMail(title).catch(() => mail);
    if (mail?.status === status) return mail;
  }
  throw new Error(`The mail is ${mail?.status}, not ${status}:\n${product.output.slice(-4000)}`);
}

test.each([
  ["worker", "greeting"],
  ["worker", "data"],
  ["all", "data"],
] as const)(
  "kill -9 of %s while the mail server is silent at its %s: the mail is sent once, by the next worker",
  async (victim, hold) => {
    const title = `Before the hand-over ${victim} ${hold}`;
    const mail = await bringMailTo(hold, title);
    expect(mail.handedOver).toBe(false);
    await killAndRecover(victim);
    const sent = await waitForStatus(title, "sent");
    expect(sent).toMatchObject({ attempts: 2, told: "told" });
    expect(mailServer.copiesOf(mail.uid)).toBe(1);
  },
);

test.each(["worker", "postgres", "all"] as const)(
  "kill -9 of %s after the mail server has the message and before it answers: unknown, and not sent again",
  async (victim) => {
    const title = `After the hand-over ${victim}`;
    const mail = await bringMailTo("answer", title);
    expect(mail.handedOver).toBe(true);
    await killAndRecover(victim);
    const unknown = await waitForStatus(title, "unknown");
    expect(unknown).toMatchObject({ attempts: 1, told: "mail_unknown" });
    expect(unknown.reason).toMatch(/may have arrived/);
    await expectToStayUnknown(title);
  },
);

test("the mail server hangs up after it has the message: unknown, and not sent again", async () => {
  const title = "Cut off";
  await bringMailTo("answer", title);
  mailServer.hangUp();
  expect(await waitForStatus(title, "unknown")).toMatchObject({ told: "mail_unknown" });
  await expectToStayUnknown(title);
});

test("kill -9 of the worker in the middle of a job: the next worker takes it up at once", async () => {
  const movie = stack.world.addMovie({ title: "Half read" });
  await stack.seerr.request({ user: anna, title: movie, autoApprove: true });
  stack.radarr.delay(60_000);
  const already = stack.radarr.requests.length;
  await stack.radarr.import(movie);
  await waitUntil("Radarr is asked", () => stack.radarr.requests.length > already);
  await killAndRecover("worker");
  stack.radarr.recover();
  // Reconciliation makes up for what the job would have brought, so the job itself is looked at.
  await waitUntil("the job is done", async () => (await countCollectMovieJobs()) === 0);
  await waitForStatus(movie.title, "sent");
});

async function countCollectMovieJobs(): Promise<number> {
  const [row] = await product.ask(
    ({ raw }) => raw<{ count: number }[]>`
      select count(*)::int as count from graphile_worker.jobs
      where task_identifier = 'collect_movie'`,
  );
  return row?.count ?? 0;
}

async function waitUntil(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 20_000; !(await isTrue()); await sleep(50)) {
    if (Date.now() > until) {
      throw new Error(`Waited in vain until ${what}:\n${product.output.slice(-4000)}`);
    }
  }
}

/** Another start, which puts right what was interrupted, changes nothing about it. */
async function expectToStayUnknown(title: string): Promise<void> {
  await killAndRecover("worker");
  await sleep(2_000);
  const mail = await readMail(title);
  expect(mail).toMatchObject({ status: "unknown", attempts: 1 });
  expect(mailServer.copiesOf(mail?.uid ?? title)).toBe(1);
  const page = await fetch(`${product.url}/notifications`);
  expect(await page.text()).toContain(title);
}
