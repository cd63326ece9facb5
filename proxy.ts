import { type NextRequest, NextResponse } from "next/server";
import { type AccessSettings, readAccess } from "@/lib/web/access-settings";
import { isHttps, requestHost } from "@/lib/web/same-origin";

/**
 * Gives pages their headers, among them a content security policy with a nonce of its own, and explains itself to
 * browsers that use a name not known to be ours. Not a security boundary: loaders, actions and routes are.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // Pages say themselves that nothing can be read.
  const access = await readAccess().catch(() => null);
  const host = requestHost(request.headers);
  const { pathname, search } = request.nextUrl;
  // The API asks for itself, and refuses in its own shape.
  if (access && !access.isHostAllowed(host) && !pathname.startsWith("/api/v1/")) {
    return foreignHost(host ?? "");
  }
  const headers = new Headers(request.headers);
  headers.set("x-asked-path", `${pathname}${search}`);
  if (isBare(pathname)) return NextResponse.next({ request: { headers } });

  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  const policy = contentSecurityPolicy({
    nonce,
    developing: process.env.NODE_ENV === "development",
    withTurnstile: pathname === "/login" && access?.turnstileSiteKey != null,
  });
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  setTransportSecurity(response, request, access);
  return response;
}

/** Answers with data, or with a stricter policy of its own. */
function isBare(path: string): boolean {
  return /^\/(api\/|palette$|openapi\.json$|notifications\/\d+\/preview$|settings\/appearance\/preview$)/.test(
    path,
  );
}

/** Browsers insist on https from now on, once they came by it. */
function setTransportSecurity(
  response: NextResponse,
  request: NextRequest,
  access: AccessSettings | null,
): void {
  if (isHttps(request.headers, access?.publicBaseUrl ?? "")) {
    response.headers.set("Strict-Transport-Security", "max-age=15552000");
  }
}

function foreignHost(host: string): NextResponse {
  // The name was checked for nothing yet: only what a name may hold is repeated.
  const shown = host.replace(/[^\w.:[\]-]/g, "").slice(0, 200);
  return new NextResponse(
    `BingeAlert does not know the name ${shown}.\n\nIf this is how you reach it, set PUBLIC_BASE_URL or ALLOWED_HOSTS in the .env file of its config folder, or open it by its IP address and add the name under Settings, Sign-in and security. Other sites could otherwise pass themselves off as BingeAlert in your browser.\n`,
    {
      status: 421,
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      },
    },
  );
}

function contentSecurityPolicy(wanted: {
  nonce: string;
  developing: boolean;
  withTurnstile: boolean;
}): string {
  const turnstile = wanted.withTurnstile ? " https://challenges.cloudflare.com" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${wanted.nonce}' 'strict-dynamic'${turnstile}${wanted.developing ? " 'unsafe-eval'" : ""}`,
    // Widths and places are style attributes, and Radix and Sonner add style elements without a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${turnstile}${wanted.developing ? " ws:" : ""}`,
    `frame-src 'self'${turnstile}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ].join("; ");
}

export const config = {
  // Webhooks, health, user pages and pictures are for anybody, under any name, and need none of this. An uploaded
  // backup would be cut off here at 10 MB; its route asks who sends it.
  matcher: [
    // Below a path the pattern needs a slash after it, and the first page has none.
    "/",
    "/((?!_next/static|_next/image|webhooks/|u/|calendar/|open/|follow/|health|api/health|posters/|api/v1/backups/upload$|metrics|favicon|icon|apple-icon|manifest).*)",
  ],
};
