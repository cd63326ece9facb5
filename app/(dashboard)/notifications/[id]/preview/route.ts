import { inLook, loadMailPreview } from "@/lib/web/mail-preview";

export const dynamic = "force-dynamic";

/** The mail itself, for the sandboxed frame of the drawer: no scripts, no forms, nothing from elsewhere. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const look = new URL(request.url).searchParams.get("look") === "light" ? "light" : "dark";
  const mail = /^\d{1,15}$/.test(id) ? await loadMailPreview(Number(id)) : null;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  };
  if (!mail || mail.kind === "missing") {
    return new Response("There is no such mail.", { status: 404, headers });
  }
  return new Response(inLook(mail.html, look), { headers });
}
