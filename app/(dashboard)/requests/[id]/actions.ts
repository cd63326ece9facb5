"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { attachWatchers } from "@/lib/services/requests/attach-watcher";
import { checkRequestNow } from "@/lib/services/requests/check-request-now";
import { detachWatcher } from "@/lib/services/requests/detach-watcher";
import { adminAction } from "@/lib/web/admin-action";
import { watchersDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const id = z.number().int().positive();

const attach = adminAction(
  "requests",
  z.object({ requestId: id, userIds: z.array(id).min(1).max(200), includeExisting: z.boolean() }),
  async ({ requestId, userIds, includeExisting }, viewer, note) => {
    note(await watchersDeed(requestId, { attached: userIds, includeExisting }));
    const { attached, already } = await attachWatchers(webContext(), {
      requestId,
      userIds,
      tellExisting: includeExisting,
      actor: viewer.actor,
    });
    return {
      kind: "done",
      words: `${plural(attached, "person", "people")} attached`,
      detail: [
        includeExisting
          ? "What is there already is told when Plex plays it."
          : "They are told about what comes from now on.",
        ...(already > 0
          ? [`${plural(already, "person was", "people were")} attached before.`]
          : []),
      ].join(" "),
    };
  },
);

/** Attaches people to a request. */
export async function attachPeopleAction(
  requestId: number,
  input: { userIds: number[]; includeExisting: boolean },
): Promise<ActionResult> {
  return attach({ requestId, ...input });
}

const detach = adminAction(
  "requests",
  z.object({ requestId: id, userId: id }),
  async (input, viewer, note) => {
    note(await watchersDeed(input.requestId, { detached: input.userId }));
    await detachWatcher(webContext(), { ...input, actor: viewer.actor });
    return { kind: "done", words: "Taken away" };
  },
);

/** Takes somebody away from a request. */
export async function detachPersonAction(input: {
  requestId: number;
  userId: number;
}): Promise<ActionResult> {
  return detach(input);
}

const check = adminAction(
  "requests",
  z.object({ requestId: id }),
  async ({ requestId }, viewer, note) => {
    note({ subject: `request ${requestId}`, after: { requestId } });
    const { serverName } = await checkRequestNow(webContext(), requestId, viewer.actor);
    return {
      kind: "done",
      words: `Asking ${serverName} what is there`,
      detail: "Whatever is news is told as usual, when Plex plays it.",
    };
  },
);

/** Looks now at what is there for a request. */
export async function checkNowAction(requestId: number): Promise<ActionResult> {
  return check({ requestId });
}
