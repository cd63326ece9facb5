import "server-only";
import { plexAppLink, plexIntentLink, plexWebLink } from "@/lib/domain/plex-link";
import { AppError } from "@/lib/errors";
import { findPlayTarget, type PlayTarget } from "@/lib/services/find-play-target";
import { readOpenLink } from "@/lib/services/signed-links";
import { webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, linkKey, readLook } from "./link-holder";

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
    if (!target) return answerNotThere();
    return await answerFor(deviceOf(request.headers.get("user-agent") ?? ""), target);
  } catch (error) {
    return answerTrouble(error);
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

async function answerFor(device: Device, { machineId, ratingKey }: PlayTarget): Promise<Response> {
  const web = plexWebLink(machineId, ratingKey);
  if (device === "other") {
    return new Response(null, {
      status: 302,
      headers: { Location: web, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" },
    });
  }
  const app =
    device === "android" ? plexIntentLink(machineId, ratingKey) : plexAppLink(machineId, ratingKey);
  return answerUserPage({
    status: 200,
    look: await readLook(),
    title: "Opening Plex",
    script: tryAppScript,
    body: html`<div class="card narrow"><h1>Opening Plex</h1>
<p>If nothing happens, choose how to open it.</p>
<a class="button main" href="${app}">Open the Plex app</a>
<a class="quiet-links" href="${web}">Open it in the browser</a></div>`,
  });
}

async function answerNotThere(): Promise<Response> {
  return answerUserPage({
    status: 404,
    look: await readLook(),
    title: "Plex does not have it at the moment",
    body: html`<div class="card narrow"><h1>Plex does not have it at the moment</h1>
<p>It was removed, or is being replaced by a better copy. Look for it in Plex a little later.</p>
<a class="button" href="https://app.plex.tv/desktop/">Open Plex</a></div>`,
  });
}
