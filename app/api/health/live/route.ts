export const dynamic = "force-dynamic";

/** Only that this process answers; /api/health/ready says whether it can work. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
