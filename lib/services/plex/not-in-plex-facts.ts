import { z } from "zod";

/** What a "not in Plex" notification keeps beside its items. */
export const notInPlexFacts = z.object({
  instance: z.string(),
  /** Names of those whose mail waits for it. */
  waiting: z.array(z.string()),
});
