import "server-only";
import type { LinkScope } from "@/lib/domain/signed-link";
import { getEnvironment } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { readSecretKey } from "@/lib/services/load-config";
import { findLinkHolder, openLink } from "@/lib/services/signed-links";
import { type UserPageLook, userPageLook } from "@/lib/services/user-page-look";
import type { User } from "@/lib/store/users";
import { webContext, webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";

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

/** The server's name and colours; null when they cannot be read: a page can be shown without them. */
export async function readLook(): Promise<UserPageLook | null> {
  return webContext()
    .loadConfig()
    .then(userPageLook)
    .catch(() => null);
}

/** What a link that does not work, or a failure of ours, looks like: one calm page that says what to do. */
export function answerTrouble(error: unknown): Response {
  const { status, title, words } = troubleWords(error);
  return answerUserPage({
    status,
    look: null,
    title,
    body: html`<div class="card narrow"><h1>${title}</h1><p>${words}</p></div>`,
  });
}

/** The same for people and machines. */
export function troubleWords(error: unknown): { status: number; title: string; words: string } {
  if (error instanceof AppError && error.code === "not_found") {
    return {
      status: 404,
      title: "This link does not work any more",
      words:
        "It was not copied in full, or it was revoked. The link at the end of your newest mail works.",
    };
  }
  log.error("a user's page failed", { error });
  return {
    status: 503,
    title: "This does not work right now",
    words: "Nothing was changed. Try again in a few minutes.",
  };
}

/** Name and address, the address so that only its owner knows it again. */
export function whoWords(user: User): string {
  const address = veiledAddress(user.email);
  return `These are the mails to ${user.displayName}${address ? `, ${address}` : ""}.`;
}

/** `a…@example.net`; empty when there is no address. */
export function veiledAddress(email: string | null): string {
  const [, first, domain] = /^(.)[^@]*@(.+)$/su.exec(email ?? "") ?? [];
  return first && domain ? `${first}…@${domain}` : "";
}
