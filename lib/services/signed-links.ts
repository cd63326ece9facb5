import { createHmac, timingSafeEqual } from "node:crypto";
import { type LinkGrant, linkGrant } from "@/lib/domain/signed-link";
import { AppError } from "@/lib/errors";
import type { Executor } from "@/lib/store/db";
import { findUser, type User } from "@/lib/store/users";
import type { Config } from "./load-config";

/** A token for the pages a person reaches from a mail: who it is for, and a signature only this server can make. */
export function signLink(config: Pick<Config, "secretKey">, grant: LinkGrant): string {
  const payload = Buffer.from(JSON.stringify([grant.userId, grant.version])).toString("base64url");
  return `${payload}.${signature(config, payload)}`;
}

/** The person a token is for. Throws `not_found` for one that was not made here, or was revoked. */
export async function readLink(
  executor: Executor,
  config: Pick<Config, "secretKey">,
  token: string,
): Promise<User> {
  const [payload = "", signed = ""] = token.split(".");
  const grant = hasSignature(config, payload, signed) ? parsePayload(payload) : null;
  const user = grant ? await findUser(executor, grant.userId) : null;
  if (!user || !grant || user.linkVersion !== grant.version) {
    throw new AppError("not_found", "This link is no longer valid");
  }
  return user;
}

function parsePayload(payload: string): LinkGrant | null {
  try {
    const [userId, version] = JSON.parse(
      Buffer.from(payload, "base64url").toString("utf8"),
    ) as unknown[];
    return linkGrant.parse({ userId, version });
  } catch {
    return null;
  }
}

function hasSignature(config: Pick<Config, "secretKey">, payload: string, signed: string): boolean {
  const expected = Buffer.from(signature(config, payload));
  const given = Buffer.from(signed);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function signature({ secretKey }: Pick<Config, "secretKey">, payload: string): string {
  if (secretKey === "") throw new AppError("not_configured", "APP_SECRET_KEY is missing");
  // 192 bits: short enough for a link, far too long to guess.
  return createHmac("sha256", secretKey)
    .update(`user-link:${payload}`)
    .digest("base64url")
    .slice(0, 32);
}
