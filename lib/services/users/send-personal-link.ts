import { mailSubject } from "@/lib/domain/mail-words";
import { decideRecipient } from "@/lib/domain/recipients";
import { sentence } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import type { Notification } from "@/lib/store/notifications";
import type { Request } from "@/lib/store/requests";
import { findUser, type User } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { personalLinkMail } from "../mails/build-mail";
import { planNotice } from "../mails/plan-notice";
import { personalPage } from "./personal-links";

const kind = "personal_link";
const kindWords = "your links";

/** Mails a person the link to their page. Throws `conflict` when that is not possible, with the reason. */
export async function sendPersonalLink(ctx: ServiceContext, userId: number): Promise<User> {
  const now = ctx.now();
  const config = await ctx.loadConfig();
  return ctx.database.db.transaction(async (tx) => {
    const user = await findUser(tx, userId);
    if (!user) throw new AppError("not_found", "There is no such person");
    if (personalPage(config, user) === null) {
      throw new AppError("not_configured", "Links need a public address: set PUBLIC_BASE_URL");
    }
    if (!(await planPersonalLink(tx, config, user, null, now))) {
      const decision = decideRecipient({ ...user, mutedTitleAt: null }, kind, kindWords);
      const because = decision.kind === "tell" ? "no mail was planned" : decision.because;
      throw new AppError("conflict", `No mail goes to ${user.displayName}: ${sentence(because)}`);
    }
    return user;
  });
}

/**
 * Plans the mail with a person's link, or with one to follow a title, which is planned once a day. Null when they get
 * none, or there is no page to link to.
 */
export async function planPersonalLink(
  tx: Executor,
  config: Config,
  user: User,
  follow: Request | null,
  now: Date,
): Promise<Notification | null> {
  const mail = personalLinkMail(
    config,
    user,
    follow && { requestId: follow.id, title: follow.title },
    now,
  );
  if (!mail) return null;
  const subject = mailSubject(mail);
  return planNotice(
    tx,
    {
      user,
      kind,
      kindWords: follow ? "follow this title" : kindWords,
      request: follow,
      title: follow?.title ?? subject,
      subject,
      facts: {},
      dueAt: now,
      onceKey: follow ? `follow:${follow.id}:${now.toISOString().slice(0, 10)}` : null,
    },
    now,
  );
}
