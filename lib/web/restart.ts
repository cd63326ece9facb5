import "server-only";
import type { RestartedPart } from "@/lib/domain/views/health";
import { AppError } from "@/lib/errors";

/** What a restart starts anew on this server; empty where another program than ours keeps the processes running. */
export function restartedParts(): RestartedPart[] {
  if (!process.send) return [];
  const parts = (process.env.BINGEALERT_RESTARTS ?? "").split(",");
  return (["web", "worker"] as const).filter((part) => parts.includes(part));
}

/** Asks the supervisor to start its processes anew, right after this answer. Throws `conflict` where it cannot. */
export function askForRestart(): RestartedPart[] {
  const parts = restartedParts();
  if (parts.length === 0) {
    throw new AppError(
      "conflict",
      "BingeAlert does not start its own processes here: restart it where it is started",
    );
  }
  process.send?.({ kind: "restart" });
  return parts;
}
