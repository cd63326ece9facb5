import "server-only";
import { AppError } from "@/lib/errors";
import { muteTitle } from "@/lib/services/users/mute-title";
import type { User } from "@/lib/store/users";
import { findWatchedTitle } from "@/lib/store/views/followed-titles";
import { webContext, webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, findHolder, whoWords } from "./link-holder";
import { backToPage, pathToPage, plain, readForm, requestIdOf } from "./read-form";
import { readingOf } from "./reading";

type Place = { params: Promise<{ token: string; request: string }> };

/** Asks whether a title is to be muted, or followed again. Changes nothing: mail scanners follow every link. */
export async function showMute(request: Request, place: Place): Promise<Response> {
  const { token, request: id } = await place.params;
  try {
    const user = await findHolder(token);
    const { title, isMuted } = await findTitle(user, id);
    const reading = await readingOf(user);
    const { mute: says, chooseInstead } = reading.words;
    const heading = isMuted ? says.is(title) : says.ask(title);
    const button = isMuted
      ? html`<button name="wanted" value="followed">${says.undo}</button>`
      : html`<button class="main" name="wanted" value="muted">${says.button}</button>`;
    return answerUserPage({
      status: 200,
      reading,
      title: heading,
      body: html`<div class="card narrow"><h1>${heading}</h1><p>${isMuted ? says.muted : says.asked}</p>
<form method="post">${button}</form>
<a class="quiet-links" href="${pathToPage(request, token, 2)}">${chooseInstead}</a></div>
<p class="who">${whoWords(user, reading)}</p>`,
    });
  } catch (error) {
    return answerTrouble(request, error);
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
    return answerTrouble(request, error);
  }
}

async function findTitle(user: User, id: string): Promise<{ title: string; isMuted: boolean }> {
  const found = await findWatchedTitle(webDatabase().db, user.id, requestIdOf(id));
  if (!found) throw new AppError("not_found", "There is no such title");
  return found;
}
