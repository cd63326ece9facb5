import { canShowPast, mailKinds, readerOf } from "@/lib/domain/mail-samples";
import type { SampleKindView } from "@/lib/domain/views/appearance";
import { kindWords } from "@/lib/domain/views/notifications";
import type { Executor } from "@/lib/store/db";
import { listPastMails } from "@/lib/store/views/past-mails";

/** Every kind of mail there is, with who reads it and real mails that may stand for it. */
export async function listSampleKinds(executor: Executor): Promise<SampleKindView[]> {
  const past = await listPastMails(executor, mailKinds.filter(canShowPast));
  return mailKinds.map((kind) => ({
    kind,
    words: kindWords(kind),
    reader: readerOf(kind),
    past: past
      .filter((mail) => mail.kind === kind)
      .map(({ id, subject }) => ({ notificationId: id, subject })),
  }));
}
