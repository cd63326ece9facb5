import { liveEventStream } from "@/lib/web/live-events";
import { isStillAdmitted, requireViewer } from "@/lib/web/viewer";

export const dynamic = "force-dynamic";

/**
 * Tells open pages that something changed; they read it themselves. `since` is when the page was read (ms since 1970);
 * a browser that comes back names the last event it heard instead.
 */
export async function GET(request: Request): Promise<Response> {
  const viewer = await requireViewer();
  const sent = new Headers(request.headers);
  const since = sent.get("last-event-id") ?? new URL(request.url).searchParams.get("since");
  const stream = liveEventStream(timeOf(since), request.signal, () =>
    isStillAdmitted(viewer, sent),
  );
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

/** The time a page names, or now. */
function timeOf(text: string | null): number {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : Date.now();
}
