import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { changeSubscription, readSubscription } from "@/lib/services/change-subscription";
import { type UserPageLook, userPageLook } from "@/lib/services/user-page-look";
import type { User } from "@/lib/store/users";
import { readBody } from "./read-body";
import { webContext } from "./service-context";
import { answerUserPage, type UserPage } from "./user-page";

type Place = { params: Promise<{ token: string }> };

const largestForm = 64 * 1024;

/** Shows whose mails a link ends, and offers to end them. Changes nothing: mail scanners follow every link. */
export async function showSubscription(_request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  const look = await readLook();
  try {
    return answerUserPage(subscriptionPage(look, await readSubscription(webContext(), token)));
  } catch (error) {
    return answerUserPage(troublePage(look, error));
  }
}

/**
 * Ends all mails to the person of a link, or resumes them: by the button of the page, or by a mail client's
 * one-click request (RFC 8058), which brings no cookie and no origin. The link itself is the permission.
 */
export async function postSubscription(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  const wanted = await readWanted(request);
  switch (wanted) {
    case "one_click":
      return oneClick(token);
    case "subscribed":
    case "unsubscribed":
      try {
        await changeSubscription(webContext(), token, wanted);
        return seeOther(request, token);
      } catch (error) {
        return answerUserPage(troublePage(await readLook(), error));
      }
    case null:
      return plain(400, "This form was sent without saying what is wanted. Nothing was changed.");
  }
}

async function oneClick(token: string): Promise<Response> {
  try {
    await changeSubscription(webContext(), token, "unsubscribed");
    return plain(200, "You get no more mails.");
  } catch (error) {
    const page = troublePage(null, error);
    return plain(page.status, page.title);
  }
}

async function readWanted(
  request: Request,
): Promise<"one_click" | "subscribed" | "unsubscribed" | null> {
  const read = await readBody(request, largestForm);
  if (read.kind === "too_large") return null;
  const type = request.headers.get("content-type") ?? "application/x-www-form-urlencoded";
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(read.bytes), {
      headers: { "content-type": type },
    }).formData();
  } catch {
    return null;
  }
  if (form.get("List-Unsubscribe") === "One-Click") return "one_click";
  const wanted = form.get("wanted");
  return wanted === "subscribed" || wanted === "unsubscribed" ? wanted : null;
}

/** Back to the page itself, by an address relative to it, which also holds behind a proxy with a path. */
function seeOther(request: Request, token: string): Response {
  const isFolder = new URL(request.url).pathname.endsWith("/");
  return new Response(null, {
    status: 303,
    headers: {
      Location: isFolder ? "./" : encodeURIComponent(token),
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
  });
}

function plain(status: number, words: string): Response {
  return new Response(`${words}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}

/** The page can be shown without its colours. */
async function readLook(): Promise<UserPageLook | null> {
  return webContext()
    .loadConfig()
    .then(userPageLook)
    .catch(() => null);
}

function subscriptionPage(look: UserPageLook | null, user: User): UserPage {
  const page = { status: 200, look, who: whoWords(user) };
  if (user.unsubscribedAt) {
    return {
      ...page,
      title: "You get no more mails",
      words: "Nothing you asked for is announced to you by mail. If this was a mistake, undo it.",
      action: { label: "Undo", wanted: "subscribed" },
    };
  }
  return {
    ...page,
    title: "Stop these mails?",
    words: user.isActive
      ? "You get a mail when something you asked for is ready to watch. Unsubscribing ends all of them at once."
      : "Mails to you are switched off by the admin at the moment. Unsubscribing makes sure that none comes later.",
    action: { label: "Unsubscribe", wanted: "unsubscribed" },
  };
}

/** Name and address, the address so that only its owner knows it again. */
function whoWords(user: User): string {
  const [, first, domain] = /^(.)[^@]*@(.+)$/su.exec(user.email ?? "") ?? [];
  const address = first && domain ? `, ${first}…@${domain}` : "";
  return `These are the mails to ${user.displayName}${address}.`;
}

function troublePage(look: UserPageLook | null, error: unknown): UserPage {
  const page = { look, who: null, action: null };
  if (error instanceof AppError && error.code === "not_found") {
    return {
      ...page,
      status: 404,
      title: "This link does not work any more",
      words:
        "It was not copied in full, or it was revoked. The link at the end of your newest mail works.",
    };
  }
  log.error("a user's page failed", { error });
  return {
    ...page,
    status: 503,
    title: "This does not work right now",
    words: "Nothing was changed. Try again in a few minutes.",
  };
}
