import type { OpenDatabase } from "@/lib/store/db";
import {
  type Claim,
  claimNotifications,
  type HandOver,
  recordAttempts,
  recordHandOvers,
  type StartedAttempt,
} from "@/lib/store/delivery-attempts";
import type { Notification } from "@/lib/store/notifications";
import { together } from "../together";
import { type MailFacts, readMailFacts } from "./mail-facts";
import { type EndedAttempt, recordOutcomes } from "./record-outcomes";

/** The steps of an attempt that mails of one moment take together. */
export type DeliveryDesk = {
  /** Null when the mail is not to be sent by this call. */
  claim: (claim: Claim) => Promise<Notification | null>;
  readFacts: (mail: { notification: Notification; now: Date }) => Promise<MailFacts>;
  recordAttempt: (attempt: StartedAttempt) => Promise<void>;
  /** False when the claim is lost: then nothing may be completed. */
  recordHandOver: (handOver: HandOver) => Promise<boolean>;
  recordOutcome: (ended: EndedAttempt) => Promise<void>;
};

const desks = new WeakMap<OpenDatabase, DeliveryDesk>();

/** The desk of a database, one in each process. */
export function deliveryDesk(database: OpenDatabase): DeliveryDesk {
  const desk = desks.get(database) ?? openDesk(database);
  desks.set(database, desk);
  return desk;
}

function openDesk({ db }: OpenDatabase): DeliveryDesk {
  return {
    claim: together(async (claims: readonly Claim[]) => {
      const claimed = new Map((await claimNotifications(db, claims)).map((row) => [row.id, row]));
      return claims.map(({ notificationId }) => {
        // Two jobs may ask for one mail in the same moment: only the first gets it.
        const row = claimed.get(notificationId) ?? null;
        claimed.delete(notificationId);
        return row;
      });
    }),
    readFacts: together((mails: readonly { notification: Notification; now: Date }[]) => {
      const latest = new Date(Math.max(...mails.map(({ now }) => now.getTime())));
      return readMailFacts(
        db,
        mails.map(({ notification }) => notification),
        latest,
      );
    }),
    recordAttempt: together(async (attempts: readonly StartedAttempt[]) => {
      await recordAttempts(db, attempts);
      return attempts.map(() => undefined);
    }),
    recordHandOver: together(async (handOvers: readonly HandOver[]) => {
      const recorded = new Set(await recordHandOvers(db, handOvers));
      return handOvers.map(({ notificationId }) => recorded.has(notificationId));
    }),
    recordOutcome: together(async (ended: readonly EndedAttempt[]) => {
      await db.transaction((tx) => recordOutcomes(tx, ended));
      return ended.map(() => undefined);
    }),
  };
}
