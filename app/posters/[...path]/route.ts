import { readPosterByAddress } from "@/lib/web/read-poster";

/** Posters for pages and mails, so that neither asks TMDB. Public: mail clients fetch them. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const { path } = await params;
  const poster = await readPosterByAddress(path, request.headers);
  switch (poster.kind) {
    case "found":
      return new Response(new Uint8Array(poster.bytes), {
        headers: {
          "Content-Type": poster.contentType,
          "Content-Security-Policy": "default-src 'none'; sandbox",
          "Cache-Control": "public, max-age=31536000, immutable",
          "Cross-Origin-Resource-Policy": "cross-origin",
        },
      });
    case "not_found":
      return new Response(null, {
        status: 404,
        headers: { "Cache-Control": "public, max-age=3600" },
      });
    case "limited":
      return new Response(null, {
        status: 429,
        headers: { "Retry-After": String(poster.retryAfterSeconds), "Cache-Control": "no-store" },
      });
    case "unavailable":
      return new Response(null, { status: 502, headers: { "Cache-Control": "no-store" } });
  }
}
