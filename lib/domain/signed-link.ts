import { z } from "zod";

/** What a link in a mail allows, without login. The signature is made and checked by `signed-links`. */
export const linkGrant = z.object({
  userId: z.number().int().positive(),
  /** Must equal the user's: raising that revokes all links. */
  version: z.number().int().positive(),
});
export type LinkGrant = z.infer<typeof linkGrant>;
