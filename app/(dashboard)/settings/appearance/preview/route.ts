import { mailLook, sampleChoice } from "@/lib/domain/mail-samples";
import { AppError } from "@/lib/errors";
import { loadMailSample } from "@/lib/web/loaders/appearance";
import { inLook } from "@/lib/web/mail-preview";
import { requireViewer } from "@/lib/web/viewer";

export const dynamic = "force-dynamic";

/** A sample for the sandboxed frame: no scripts, no forms, and of elsewhere only the logo that is being tried. */
export async function GET(request: Request): Promise<Response> {
  await requireViewer();
  const query = new URL(request.url).searchParams;
  const notification = query.get("notification");
  const choice = sampleChoice.safeParse({
    kind: query.get("kind"),
    notificationId: notification ? Number(notification) : null,
  });
  const look = mailLook.safeParse({
    MAIL_SERVER_NAME: query.get("name") ?? "",
    MAIL_ACCENT_COLOR: query.get("accent") ?? "",
    MAIL_LOGO_URL: query.get("logo") ?? "",
    MAIL_LANGUAGE: query.get("language") ?? undefined,
  });
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": `default-src 'none'; img-src 'self' data:${originOf(query.get("logo"))}; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox`,
  };
  if (!choice.success || !look.success) {
    return new Response("There is no such mail.", { status: 404, headers });
  }
  try {
    const mail = await loadMailSample(choice.data, look.data);
    const scheme = query.get("look") === "dark" ? "dark" : "light";
    return new Response(inLook(mail.html, scheme), { headers });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response("This mail cannot be drawn now.", { status: 404, headers });
  }
}

/** Where a logo that is being tried lies, as one more source of pictures; nothing else may get into the policy. */
function originOf(address: string | null): string {
  if (!address || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return "";
  const { origin } = new URL(address);
  return /^https?:\/\/[\w.:[\]-]+$/.test(origin) ? ` ${origin}` : "";
}
