import type { Stage } from "@/test/integration/scenarios/stage";
import type { ReceivedMail } from "@/test/support/received-mail";

/**
 * What the mails that arrived told whom, as `Anna episode:tvdb:1:s01e02`: read from the items of the notification each
 * Message-ID belongs to, never from a subject. One entry per mail and item, so that a second mail shows.
 */
export async function toldByMail(
  { household }: Stage,
  mails: readonly ReceivedMail[],
): Promise<string[]> {
  const told: string[] = [];
  for (const mail of mails) {
    const uid = /^<([^@]+)@/.exec(mail.messageId)?.[1];
    if (!uid) throw new Error(`The mail “${mail.subject}” has no Message-ID of ours`);
    const rows = await household.ctx.database.raw<{ email: string; key: string }[]>`
      select u.email, i.media_key as key from notifications n
        join notification_items i on i.notification_id = n.id join users u on u.id = n.user_id
      where n.uid = ${uid}::uuid and n.audience = 'user'`;
    for (const { email, key } of rows) {
      if (!mail.envelopeTo.includes(email)) throw new Error(`${email} is not who got this mail`);
      told.push(`${email.split("@")[0]} ${key}`);
    }
  }
  return told.sort();
}
