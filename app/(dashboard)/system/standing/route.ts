import { loadStanding } from "@/lib/web/loaders/standing";

export const dynamic = "force-dynamic";

/** Since when the processes run: a page that asked for a restart waits for it. */
export async function GET(): Promise<Response> {
  return Response.json(await loadStanding(), { headers: { "Cache-Control": "no-store" } });
}
