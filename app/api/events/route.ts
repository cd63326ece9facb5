import { liveEventStream } from "@/lib/web/live-events";
import { isStillAdmitted, requireViewer } from "@/lib/web/viewer";

export const dynamic = "force-dynamic";

/** Tells open pages that something changed; they read it themselves. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await requireViewer();
  const sent = new Headers(request.headers);
  const stream = liveEventStream(request.signal, () => isStillAdmitted(viewer, sent));
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}
