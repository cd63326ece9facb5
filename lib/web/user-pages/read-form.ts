import { readBody } from "../read-body";

const largestForm = 64 * 1024;

/** The form of a request; null when it is none, or far too large. */
export async function readForm(request: Request): Promise<FormData | null> {
  const read = await readBody(request, largestForm);
  if (read.kind === "too_large") return null;
  const type = request.headers.get("content-type") ?? "application/x-www-form-urlencoded";
  try {
    return await new Response(new Uint8Array(read.bytes), {
      headers: { "content-type": type },
    }).formData();
  } catch {
    return null;
  }
}

/** A mail client's one-click request to end all mails (RFC 8058). */
export const isOneClick = (form: FormData | null) => form?.get("List-Unsubscribe") === "One-Click";

/** Plain words, for machines and for forms nobody can have filled in. */
export function plain(status: number, words: string): Response {
  return new Response(`${words}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}

/**
 * The page of `token`, relative to the address that was asked for, so that it also holds behind a proxy with a path.
 * `below` counts the parts of that address after the token.
 */
export function pathToPage(request: Request, token: string, below: number): string {
  const steps = below + (new URL(request.url).pathname.endsWith("/") ? 1 : 0);
  return `${"../".repeat(steps)}${encodeURIComponent(token)}`;
}

/** Back to the page of `token`; `done` names what it then says was done. */
export function backToPage(
  request: Request,
  token: string,
  { below, done }: { below: number; done: string | null },
): Response {
  const query = done === null ? "" : `?done=${done}`;
  return new Response(null, {
    status: 303,
    headers: {
      Location: `${pathToPage(request, token, below)}${query}`,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
  });
}

/** A request's id in an address or a form; 0, which is nobody's, for anything else. */
export const requestIdOf = (text: string | undefined) =>
  /^\d{1,9}$/.test(text ?? "") ? Number(text) : 0;
