import { loadLogPart } from "@/lib/web/loaders/logs";

export const dynamic = "force-dynamic";

/** Older or newer lines for the open page of logs. */
export async function GET(request: Request): Promise<Response> {
  const { before, after, ...query } = Object.fromEntries(new URL(request.url).searchParams);
  const part = await loadLogPart(query, { before, after });
  const headers = { "Cache-Control": "no-store" };
  return part
    ? Response.json(part, { headers })
    : new Response("This place in the log is unknown", { status: 400, headers });
}
