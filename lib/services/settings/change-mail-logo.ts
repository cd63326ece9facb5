import { createHash } from "node:crypto";
import { logoProblem, readPicture } from "@/lib/domain/picture";
import { AppError } from "@/lib/errors";
import { keepMailLogo } from "@/lib/store/mail-logos";
import type { ServiceContext } from "../context";
import { changeSettings } from "./change-settings";

/**
 * Makes a picture the logo of all mails from the next one on; null goes back to the first letter of the name. Earlier
 * pictures stay, because mails on record show them. Throws `bad_request` when it cannot be one, with the reason.
 */
export async function changeMailLogo(
  ctx: ServiceContext,
  bytes: Uint8Array | null,
  env: Partial<Record<string, string>>,
): Promise<void> {
  const name = bytes === null ? "" : await keep(ctx, bytes);
  const result = await changeSettings(ctx, { MAIL_LOGO: name }, env);
  if (result.kind === "refused") {
    throw new AppError("conflict", result.problems.map(({ words }) => words).join(". "));
  }
}

async function keep(ctx: ServiceContext, bytes: Uint8Array): Promise<string> {
  const picture = readPicture(bytes);
  const problem = logoProblem(bytes, picture);
  if (problem || !picture) throw new AppError("bad_request", problem ?? "This is no picture");
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const name = `${digest}.${picture.contentType === "image/png" ? "png" : "jpg"}`;
  await keepMailLogo(ctx.database.db, {
    name,
    contentType: picture.contentType,
    bytes: Buffer.from(bytes),
    createdAt: ctx.now(),
  });
  return name;
}
