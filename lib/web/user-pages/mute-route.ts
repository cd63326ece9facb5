import "server-only";
import { AppError } from "@/lib/errors";
import { muteTitle } from "@/lib/services/mute-title";
import type { User } from "@/lib/store/users";
import { findWatchedTitle } from "@/lib/store/views/followed-titles";
import { webContext, webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, findHolder, readLook, whoWords } from "./link-holder";
import { backToPage, pathToPage, plain, readForm, requestIdOf } from "./read-form";

type Place = { params: Promise<{ token: string; request: string }> };

/** Asks whether a title is to be muted, or followed again. Changes nothing: mail scanners follow every link. */
export async function showMute(request: Request, place: Place): Promise<Response> {
  const { token, request: id } = await place.params;
  try {
    const user = await findHolder(token);
    const { title, isMuted } = await findTitle(user, id);
    const heading = isMuted ? `You muted ${title}` : `Mute ${title}?`;
    const words = isMuted
      ? "No mail about it comes to you. Follow it again, and you are told what comes from then on."
      : "No mail about it comes to you any more. Mails about everything else go on as before.";
    const button = isMuted
      ? html`<button name="wanted" value="followed">Follow it again</button>`
      : html`<button class="main" name="wanted" value="muted">Mute</button>`;
    return answerUserPage({
      status: 200,
      look: await readLook(),
      title: heading,
      body: html`<div class="card narrow"><h1>${heading}</h1><p>${words}</p>
<form method="post">${button}</form>
<a class="quiet-links" href="${pathToPage(request, token, 2)}">Choose what you get instead</a></div>
<p class="who">${whoWords(user)}</p>`,
    });
  } catch (error) {
    return answerTrouble(error);
  }
}

/** Mutes the title, or follows it again. */
export async function postMute(request: Request, place: Place): Promise<Response> {
  const { token, request: id } = await place.params;
  const form = await readForm(request);
  const wanted = form?.get("wanted");
  if (wanted !== "muted" && wanted !== "followed") {
    return plain(400, "This form was sent without saying what is wanted. Nothing was changed.");
  }
  try {
    const user = await findHolder(token);
    await muteTitle(webContext(), user, requestIdOf(id), wanted);
    return backToPage(request, token, { below: 2, done: wanted });
  } catch (error) {
    return answerTrouble(error);
  }
}

async function findTitle(user: User, id: string): Promise<{ title: string; isMuted: boolean }> {
  const found = await findWatchedTitle(webDatabase().db, user.id, requestIdOf(id));
  if (!found) throw new AppError("not_found", "There is no such title");
  return found;
}
