import "server-only";
import { plexAppLink, plexIntentLink, plexWebLink } from "@/lib/domain/plex-link";
import { AppError } from "@/lib/errors";
import { findPlayTarget, type PlayTarget } from "@/lib/services/plex/find-play-target";
import { readOpenLink } from "@/lib/services/users/signed-links";
import { webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, linkKey } from "./link-holder";
import { type Reading, readingOfVisitor } from "./reading";

type Place = { params: Promise<{ token: string }> };

/**
 * Opens what a mail tells of in the Plex app. Mail programs strip `plex://`, so the mail links here, and this page
 * hands over: phones to the app with the web as a way out, everything else to the web at once. Where it leads is
 * made here from the item the link was signed for, never taken from the address.
 */
export async function openInPlex(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const key = readOpenLink(linkKey(), token);
    if (key === null) throw new AppError("not_found", "This link was not made here");
    const target = await findPlayTarget(webDatabase().db, key);
    const reading = await readingOfVisitor(request);
    if (!target) return answerNotThere(reading);
    return answerFor(deviceOf(request.headers.get("user-agent") ?? ""), target, reading);
  } catch (error) {
    return answerTrouble(request, error);
  }
}

type Device = "android" | "apple" | "other";

function deviceOf(userAgent: string): Device {
  if (/Android/i.test(userAgent)) return "android";
  return /iPhone|iPad|iPod/i.test(userAgent) ? "apple" : "other";
}

/**
 * Tries the app at once; still here after a moment, it goes on to the web. Android does that by itself, and a page
 * that was left is not sent anywhere.
 */
const tryAppScript = `const l=document.querySelectorAll("a");const t=setTimeout(()=>{if(!document.hidden)location.replace(l[1].href)},2500);addEventListener("pagehide",()=>clearTimeout(t));document.addEventListener("visibilitychange",()=>{if(document.hidden)clearTimeout(t)});location.href=l[0].href`;

function answerFor(
  device: Device,
  { machineId, ratingKey }: PlayTarget,
  reading: Reading,
): Response {
  const web = plexWebLink(machineId, ratingKey);
  if (device === "other") {
    return new Response(null, {
      status: 302,
      headers: { Location: web, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" },
    });
  }
  const app =
    device === "android" ? plexIntentLink(machineId, ratingKey) : plexAppLink(machineId, ratingKey);
  const says = reading.words.open;
  return answerUserPage({
    status: 200,
    reading,
    title: says.title,
    script: tryAppScript,
    body: html`<div class="card narrow"><h1>${says.title}</h1>
<p>${says.ifNothing}</p>
<a class="button main" href="${app}">${says.app}</a>
<a class="quiet-links" href="${web}">${says.browser}</a></div>`,
  });
}

function answerNotThere(reading: Reading): Response {
  const { title, words, button } = reading.words.open.gone;
  return answerUserPage({
    status: 404,
    reading,
    title,
    body: html`<div class="card narrow"><h1>${title}</h1>
<p>${words}</p>
<a class="button" href="https://app.plex.tv/desktop/">${button}</a></div>`,
  });
}
