import { createHmac, timingSafeEqual } from "node:crypto";
import { type LinkGrant, type LinkScope, linkGrant } from "@/lib/domain/signed-link";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { findUser, type User } from "@/lib/store/users";
import type { Config } from "../load-config";

type Key = Pick<Config, "secretKey">;

/** A token for what a person reaches from a mail: who it is for, and a signature only this server can make. */
export function signLink(key: Key, grant: LinkGrant, scope: LinkScope = "user"): string {
  return signed(key, scope, [grant.userId, grant.version]);
}

/** A token for the page that opens one thing in Plex. It is for nobody in particular and allows nothing else. */
export function signOpenLink(key: Key, mediaKey: string): string {
  return signed(key, "open", mediaKey);
}

/** A token for the page on which people ask to follow what a request asks for: the admin shares it. */
export function signFollowLink(key: Key, requestId: number): string {
  return signed(key, "follow", requestId);
}

/** A token for the calendar of everybody; good for as long as the link made at `madeAt` is not revoked. */
export function signCalendarLink(key: Key, madeAt: Date): string {
  return signed(key, "household", madeAt.getTime());
}

/** When the calendar link of a token was made; null when it was not made here. */
export function readCalendarLink(key: Key, token: string): Date | null {
  const payload = payloadOf(key, "household", token);
  return typeof payload === "number" ? new Date(payload) : null;
}

/** The request a follow link is for; null when it was not made here. */
export function readFollowLink(key: Key, token: string): number | null {
  const payload = payloadOf(key, "follow", token);
  return typeof payload === "number" ? payload : null;
}

/** What a token of this scope allows; null when it was not made here. Asks no database. */
export function openLink(key: Key, token: string, scope: LinkScope): LinkGrant | null {
  const payload = payloadOf(key, scope, token);
  if (!Array.isArray(payload)) return null;
  const [userId, version] = payload as unknown[];
  return linkGrant.safeParse({ userId, version }).data ?? null;
}

/** What an open link opens; null when it was not made here. */
export function readOpenLink(key: Key, token: string): string | null {
  const payload = payloadOf(key, "open", token);
  return typeof payload === "string" ? payload : null;
}

/** The person of a grant. Throws `not_found` when it was revoked meanwhile. */
export async function findLinkHolder(executor: Executor, grant: LinkGrant): Promise<User> {
  const user = await findUser(executor, grant.userId);
  if (!user || user.linkVersion !== grant.version) {
    throw new AppError("not_found", "This link was revoked");
  }
  return user;
}

type Scope = LinkScope | "open" | "follow" | "household";

function signed(key: Key, scope: Scope, payload: unknown): string {
  const text = Buffer.from(JSON.stringify(payload)).toString("base64url");
  return `${text}.${signature(key, scope, text)}`;
}

function payloadOf(key: Key, scope: Scope, token: string): unknown {
  const [text = "", given = "", ...rest] = token.split(".");
  const expected = Buffer.from(signature(key, scope, text));
  const offered = Buffer.from(given);
  const isOurs =
    rest.length === 0 && expected.length === offered.length && timingSafeEqual(expected, offered);
  if (!isOurs) return null;
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function signature({ secretKey }: Key, scope: Scope, text: string): string {
  if (secretKey === "") throw new AppError("not_configured", "APP_SECRET_KEY is missing");
  // 192 bits: short enough for a link, far too long to guess.
  return createHmac("sha256", secretKey)
    .update(`${scope}-link:${text}`)
    .digest("base64url")
    .slice(0, 32);
}
