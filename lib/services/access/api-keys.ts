import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";
import {
  type ApiKey,
  findApiKey,
  insertApiKey,
  revokeApiKey,
  touchApiKey,
} from "@/lib/store/api-keys";
import type { ServiceContext } from "../context";

export type KeyHolder = { keyId: number; name: string; scope: "read" | "admin" };

const prefix = "ba_";

/** Makes a key; this is the only moment at which it can be read. */
export async function createApiKey(
  ctx: ServiceContext,
  wanted: { name: string; scope: "read" | "admin"; createdBy: string },
): Promise<{ keyId: number; key: string }> {
  const key = `${prefix}${randomBytes(32).toString("base64url")}`;
  const row = await insertApiKey(
    ctx.database.db,
    { ...wanted, keyHash: hashOf(key), hint: key.slice(0, prefix.length + 5) },
    ctx.now(),
  );
  return { keyId: row.id, key };
}

/** Whose key this is; null for one that is not known or was revoked. */
export async function readApiKey(
  ctx: ServiceContext,
  key: string,
  from: string | null,
): Promise<KeyHolder | null> {
  if (!/^ba_[A-Za-z0-9_-]{43}$/.test(key)) return null;
  const { db } = ctx.database;
  const row = await findApiKey(db, hashOf(key));
  if (!row) return null;
  const now = ctx.now();
  // Once a minute is enough to see that it is in use.
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await touchApiKey(db, row.id, from, now);
  }
  return { keyId: row.id, name: row.name, scope: row.scope };
}

/** Ends a key at once; returns what it was. Throws `not_found`. */
export async function endApiKey(ctx: ServiceContext, keyId: number): Promise<ApiKey> {
  const row = await revokeApiKey(ctx.database.db, keyId, ctx.now());
  if (!row) throw new AppError("not_found", "This key was revoked already");
  return row;
}

const hashOf = (key: string) => createHash("sha256").update(key).digest("hex");
