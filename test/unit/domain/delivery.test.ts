import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decideAfterAttempt,
  decideAfterCrash,
  messageId,
  nextFreeSlot,
  retryPauses,
} from "@/lib/domain/delivery";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";

const now = new Date("2026-11-22T20:00:00Z");
const hour = 3_600_000;
const later: DeliveryOutcome = { kind: "tryLater", code: 451, response: "busy", scope: "address" };

test("a mail that was taken is sent, one refused for good stops with the server's words", () => {
  expect(decideAfterAttempt({ kind: "accepted", response: "250 queued" }, 1, now)).toEqual({
    status: "sent",
    reply: "250 queued",
  });
  expect(
    decideAfterAttempt({ kind: "refused", code: 550, response: "550 no such user" }, 1, now),
  ).toMatchObject({ status: "failed", reply: "550 no such user" });
});

test("an answer that was lost leaves the mail unknown at any attempt", () => {
  for (const attempt of [1, 5, 50]) {
    expect(decideAfterAttempt({ kind: "unknown", response: "" }, attempt, now).status).toBe(
      "unknown",
    );
  }
});

test("put off, it is tried again with growing pauses over about a day, then given up", () => {
  const total = retryPauses.reduce((sum, pause) => sum + pause, 0);
  expect(total / hour).toBeGreaterThan(20);
  expect(total / hour).toBeLessThan(28);
  expect([...retryPauses].sort((a, b) => a - b)).toEqual([...retryPauses]);
  let at = now;
  for (let attempt = 1; ; attempt++) {
    const after = decideAfterAttempt(later, attempt, at);
    if (after.status !== "retrying") {
      expect(after.status).toBe("failed");
      expect(attempt).toBe(retryPauses.length + 1);
      break;
    }
    expect(after.at.getTime()).toBeGreaterThan(at.getTime());
    at = after.at;
  }
  expect(at.getTime() - now.getTime()).toBe(total);
});

test("a mail in the hands of a worker that died is sent again only if the server cannot have it", () => {
  expect(decideAfterCrash(false, now)).toMatchObject({ status: "retrying", at: now });
  expect(decideAfterCrash(true, now).status).toBe("unknown");
});

test("the Message-ID is made of the notification and the sender's domain alone", () => {
  expect(messageId("u-1", "BingeAlert <bingealert@example.net>")).toBe("<u-1@example.net>");
  expect(messageId("u-1", "bingealert@example.net")).toBe("<u-1@example.net>");
  expect(messageId("u-1", "")).toBe("<u-1@bingealert.invalid>");
});

test("without a limit, or below it, a mail leaves now", () => {
  expect(nextFreeSlot([now, now], 0)).toBeNull();
  expect(nextFreeSlot([now], 2)).toBeNull();
  expect(nextFreeSlot([], 1)).toBeNull();
});

test("at the limit a mail waits until the oldest of the last hour is an hour old", () => {
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(nextFreeSlot([at(0), at(10)], 2)).toEqual(at(60));
  expect(nextFreeSlot([at(0), at(10), at(20)], 2)).toEqual(at(70));
});

test("for any arrivals no hour holds more mails than the limit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 240 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (arrivals, limit) => {
        const sent: number[] = [];
        let clock = 0;
        for (const arrival of [...arrivals].sort((a, b) => a - b)) {
          clock = Math.max(clock, arrival);
          for (let tries = 0; ; tries++) {
            if (tries > 5) throw new Error("the slot never comes");
            const recent = sent
              .filter((at) => at > clock - 60)
              .map((at) => new Date(at * 60_000))
              .slice(-limit);
            const slot = nextFreeSlot(recent, limit);
            if (!slot || slot.getTime() / 60_000 <= clock) break;
            clock = slot.getTime() / 60_000;
          }
          sent.push(clock);
        }
        for (const at of sent) {
          expect(sent.filter((other) => other > at - 60 && other <= at).length).toBeLessThanOrEqual(
            limit,
          );
        }
      },
    ),
  );
});
