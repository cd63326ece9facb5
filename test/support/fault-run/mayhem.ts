import { setTimeout as sleep } from "node:timers/promises";
import type { Mailbox } from "../mailbox";
import type { Product, Victim } from "./product";
import type { Random } from "./random";

const victims: Victim[] = [
  ...(["worker", "worker", "worker", "web", "web", "postgres", "postgres"] as const),
  ...(["backend", "supervisor", "all", "all"] as const),
];

/** What was done to the product. */
export type Mischief = { kills: Record<Victim, number>; mailFaults: number };

/**
 * Kills parts of the product at random instants, and lets the mail server misbehave, for `ms` milliseconds, not
 * counting the time a whole new start takes. Then everything works again and the product is up.
 */
export async function wreakHavoc(
  product: Product,
  mailbox: Mailbox,
  random: Random,
  ms: number,
): Promise<Mischief> {
  const kills: Mischief["kills"] = {
    ...{ web: 0, worker: 0, postgres: 0, backend: 0, supervisor: 0, all: 0 },
  };
  let mailFaults = 0;
  let isOver = false;
  const spoilMails = async (own: Random) => {
    while (!isOver) {
      await sleep(own.between(200, 1500));
      mailbox.recover();
      await misbehave(mailbox, own);
      mailFaults += 1;
    }
    await mailbox.up();
    mailbox.recover();
  };
  const killParts = async (own: Random) => {
    for (let left = ms; left > 0; ) {
      const began = Date.now();
      // Often right after a mail: a kill among mails is worth more than one while everything is down.
      if (own.chance(0.6)) await nextAttempt(mailbox, 10_000);
      await sleep(own.between(0, own.pick([50, 1500])));
      const victim = own.pick(victims);
      if (await product.kill(victim)) kills[victim] += 1;
      left -= Date.now() - began;
      if (victim !== "supervisor" && victim !== "all") continue;
      await sleep(own.between(0, 500));
      await product.startAgain();
    }
  };
  await Promise.all([
    spoilMails(random.fork()),
    killParts(random.fork()).finally(() => {
      isOver = true;
    }),
  ]);
  return { kills, mailFaults };
}

async function nextAttempt(mailbox: Mailbox, patienceMs: number): Promise<void> {
  const already = mailbox.attempts.length;
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(10)) {
    if (mailbox.attempts.length > already) return;
  }
}

async function misbehave(mailbox: Mailbox, random: Random): Promise<void> {
  const once = { times: 1 };
  switch (random.between(0, 7)) {
    case 0:
      return mailbox.behave("*", { kind: "defer-message" }, once);
    case 1:
      return mailbox.behave("*", { kind: "defer-recipient" }, once);
    case 2:
    case 5:
      return mailbox.behave("*", { kind: "hang-up-after-message", keep: random.chance(0.5) }, once);
    case 3:
      return mailbox.refuseConnections(once);
    case 4:
      await mailbox.down();
      await sleep(random.between(0, 700));
      return mailbox.up();
    default:
      // A slow answer makes it likely that a kill falls between the hand-over and the answer.
      return mailbox.behave("*", { kind: "slow", ms: random.between(50, 1500) }, { times: 3 });
  }
}
