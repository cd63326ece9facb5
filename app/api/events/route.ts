import { liveEventStream } from "@/lib/web/live-events";
import { requireViewer } from "@/lib/web/viewer";

export const dynamic = "force-dynamic";

/** Tells open pages that something changed; they read it themselves. */
export async function GET(request: Request): Promise<Response> {
  await requireViewer();
  return new Response(liveEventStream(request.signal), {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}
