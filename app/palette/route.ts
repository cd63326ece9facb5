import { loadPaletteHits } from "@/lib/web/loaders/palette";
import { requireViewer } from "@/lib/web/viewer";

export const dynamic = "force-dynamic";

/** What the palette finds for a text. */
export async function GET(request: Request): Promise<Response> {
  await requireViewer();
  const text = new URL(request.url).searchParams.get("q")?.trim().slice(0, 200) ?? "";
  const hits = text.length < 2 ? [] : await loadPaletteHits(text);
  return Response.json(hits, { headers: { "Cache-Control": "no-store" } });
}
