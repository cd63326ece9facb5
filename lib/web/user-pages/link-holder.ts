import "server-only";
import type { LinkScope } from "@/lib/domain/signed-link";
import { getEnvironment } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { readSecretKey } from "@/lib/services/load-config";
import { findLinkHolder, openLink } from "@/lib/services/users/signed-links";
import type { User } from "@/lib/store/users";
import { webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { type Reading, readingWithoutLook } from "./reading";

/** The key links are signed with, read without the database. */
export const linkKey = () => ({
  secretKey: readSecretKey({ env: process.env, configDir: getEnvironment().CONFIG_DIR }),
});

/**
 * The person a link belongs to. Throws `not_found` for one that was not made here, before any question to the
 * database, and for one that was revoked.
 */
export async function findHolder(token: string, scope: LinkScope = "user"): Promise<User> {
  const grant = openLink(linkKey(), token, scope);
  if (!grant) throw new AppError("not_found", "This link was not made here");
  return findLinkHolder(webDatabase().db, grant);
}

/** What a link that does not work, or a failure of ours, looks like: one calm page that says what to do. */
export function answerTrouble(request: Request, error: unknown): Response {
  const { status, title, words, reading } = troubleOf(request, error);
  return answerUserPage({
    status,
    reading,
    title,
    body: html`<div class="card narrow"><h1>${title}</h1><p>${words}</p></div>`,
  });
}

/** The same for people and machines. */
export function troubleOf(
  request: Request,
  error: unknown,
): { status: number; title: string; words: string; reading: Reading } {
  const reading = readingWithoutLook(request);
  if (error instanceof AppError && error.code === "not_found") {
    return { status: 404, ...reading.words.trouble.stale, reading };
  }
  log.error("a user's page failed", { error });
  return { status: 503, ...reading.words.trouble.ours, reading };
}

/** Name and address, the address so that only its owner knows it again. */
export const whoWords = (user: User, { words }: Reading): string =>
  words.who(user.displayName, veiledAddress(user.email));

/** `a…@example.net`; null when there is no address. */
export function veiledAddress(email: string | null): string | null {
  const [, first, domain] = /^(.)[^@]*@(.+)$/su.exec(email ?? "") ?? [];
  return first && domain ? `${first}…@${domain}` : null;
}
