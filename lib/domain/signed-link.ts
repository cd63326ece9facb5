import { z } from "zod";

/**
 * What a link opens, without login: `user` the pages about a person's mails, `calendar` their feed and nothing else,
 * because calendar services keep its address.
 */
export type LinkScope = "user" | "calendar";

/** Whom a link is for. The signature is made and checked by `signed-links`. */
export const linkGrant = z.object({
  userId: z.number().int().positive(),
  /** Must equal the user's: raising that revokes all links. */
  version: z.number().int().positive(),
});
export type LinkGrant = z.infer<typeof linkGrant>;

const linkToken = /(\/(?:u|calendar|follow)\/)[\w-]+\.[\w-]{32}(?![\w-])/g;

/** A text without the tokens of signed links: whoever reads one holds the link. Those that only open Plex stay. */
export const hideLinks = (text: string): string => text.replace(linkToken, "$1…");
