"use server";

import { z } from "zod";
import type { AskedTitle, FoundTitle } from "@/lib/domain/asking";
import type { ActionResult } from "@/lib/domain/views/action-result";
import {
  readTitleToAsk,
  requestOnBehalf,
  searchTitles,
} from "@/lib/services/requests/request-on-behalf";
import { runJob } from "@/lib/services/runs/run-job";
import { adminAction } from "@/lib/web/admin-action";
import { loadPeopleToAskFor } from "@/lib/web/loaders/request-list";
import { webContext } from "@/lib/web/service-context";

const sync = adminAction("jobs", z.object({}), async (_input, _viewer, note) => {
  await runJob(webContext(), "sync-requests");
  note({ subject: "job sync-requests" });
  return { kind: "done", words: "Reading requests from Seerr" };
});

/** Reads all requests from Seerr now. */
export async function syncRequestsAction(): Promise<ActionResult> {
  return sync({});
}

const search = adminAction(
  "requests",
  z.object({ text: z.string().trim().min(2).max(200) }),
  async ({ text }, _viewer, note): Promise<ActionResult & { titles?: FoundTitle[] }> => {
    note(null);
    return { kind: "done", words: "Searched", titles: await searchTitles(webContext(), text) };
  },
);

/** Movies and shows in Seerr that fit a text. */
export async function searchTitlesAction(
  text: string,
): Promise<ActionResult & { titles?: FoundTitle[] }> {
  return search({ text });
}

export type TitleToAsk = AskedTitle & {
  offersFourK: boolean;
  /** Everybody in Seerr it can be asked for. */
  people: { id: number; name: string }[];
};
const titleKey = z.object({
  mediaType: z.enum(["movie", "tv"]),
  tmdbId: z.number().int().positive().max(2_147_483_647),
});

const readTitle = adminAction(
  "requests",
  titleKey,
  async ({ mediaType, tmdbId }, _viewer, note): Promise<ActionResult & { title?: TitleToAsk }> => {
    note(null);
    const [title, people] = await Promise.all([
      readTitleToAsk(webContext(), mediaType, tmdbId),
      loadPeopleToAskFor(),
    ]);
    return { kind: "done", words: "Read", title: { ...title, people } };
  },
);

/** What can be asked for of a title. */
export async function readTitleAction(
  input: z.input<typeof titleKey>,
): Promise<ActionResult & { title?: TitleToAsk }> {
  return readTitle(input);
}

const id = z.number().int().positive();
const asked = titleKey.extend({
  seasons: z.array(z.number().int().min(0).max(10_000)).max(200),
  isFourK: z.boolean(),
  userId: id,
  watcherIds: z.array(id).max(200),
});

const ask = adminAction(
  "requests",
  asked,
  async (input, viewer, note): Promise<ActionResult & { requestId?: number }> => {
    const requestId = await requestOnBehalf(webContext(), { ...input, actor: viewer.actor });
    note({ subject: `request ${requestId}`, after: input });
    return {
      kind: "done",
      words: "The request was made",
      detail: "Seerr has it. Mails follow as for any other request.",
      requestId,
    };
  },
);

/** Asks for a title in a person's name. */
export async function requestOnBehalfAction(
  input: z.input<typeof asked>,
): Promise<ActionResult & { requestId?: number }> {
  return ask(input);
}
