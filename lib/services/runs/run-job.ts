import type { RunName } from "@/lib/queue/catalog";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";

/** Starts a worker by hand; one that waits already is not queued twice. */
export async function runJob(ctx: ServiceContext, name: RunName): Promise<void> {
  await enqueue(ctx.database.db, "run_worker", { name, trigger: "admin" });
  await announceChange(ctx.database.db, "jobs");
}
