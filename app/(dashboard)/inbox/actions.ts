"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { DryRunView } from "@/lib/domain/views/inbox";
import {
  dryReplayInboundEvent,
  replayInboundEvent,
} from "@/lib/services/inbound/replay-inbound-event";
import { adminAction } from "@/lib/web/admin-action";
import { webContext } from "@/lib/web/service-context";

const event = z.object({ eventId: z.number().int().positive() });
type Input = z.input<typeof event>;

const replay = adminAction("inbox", event, async ({ eventId }, _viewer, note) => {
  const copyId = await replayInboundEvent(webContext(), eventId);
  note({ subject: `event ${eventId}`, after: { eventId, replayedAs: copyId } });
  return { kind: "done", words: `Replayed as event ${copyId}` };
});

/** Works an event off once more. */
export async function replayAction(input: Input): Promise<ActionResult> {
  return replay(input);
}

/** Says what a replay would do, without doing any of it. */
export async function dryRunAction(
  input: Input,
): Promise<Extract<ActionResult, { kind: "refused" }> | { kind: "done"; view: DryRunView }> {
  let view: DryRunView | null = null;
  const answer = await adminAction("inbox", event, async ({ eventId }, _viewer, note) => {
    note(null);
    const { outcome, reason, effects } = await dryReplayInboundEvent(webContext(), eventId);
    view = {
      wouldSend: effects.some((effect) => /would be planned/.test(effect.words)),
      headline: outcome === "ignored" ? "would be ignored" : null,
      reason,
      effects,
    };
    return { kind: "done", words: "" };
  })(input);
  if (answer.kind === "refused") return answer;
  return view
    ? { kind: "done", view }
    : { kind: "refused", words: "The dry run gave no answer", detail: "Nothing was changed." };
}
