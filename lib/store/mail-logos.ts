import { eq } from "drizzle-orm";
import { mailLogos } from "@/drizzle/schema";
import type { Executor } from "./db";

export type MailLogo = typeof mailLogos.$inferSelect;

/** Keeps a picture; the same one twice is one. */
export async function keepMailLogo(
  executor: Executor,
  logo: typeof mailLogos.$inferInsert,
): Promise<void> {
  await executor.insert(mailLogos).values(logo).onConflictDoNothing();
}

/** An uploaded picture by its name; null when there is none. */
export async function findMailLogo(executor: Executor, name: string): Promise<MailLogo | null> {
  const [row] = await executor.select().from(mailLogos).where(eq(mailLogos.name, name));
  return row ?? null;
}
