import "server-only";
import { getEnvironment } from "@/lib/env";
import { checkLiveness } from "@/lib/services/health/check-liveness";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";

// Its own connection: a busy pool must not look like a dead database.
let database: OpenDatabase | undefined;

/** 200 when web, worker and database work, else 503; says which part does not. For strangers too. */
export async function answerHealth(): Promise<Response> {
  const url = getEnvironment().DATABASE_URL;
  if (url === undefined) throw new Error("DATABASE_URL is not set.");
  database ??= openDatabase(url, { max: 1, name: "bingealert health" });
  const { kind, ...parts } = await checkLiveness(database.db);
  return Response.json(
    { status: kind === "alive" ? "ok" : "down", web: "ok", ...parts },
    { status: kind === "alive" ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
