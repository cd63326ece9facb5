import "server-only";
import { changeSubscription } from "@/lib/services/users/change-subscription";
import { webContext } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, findHolder, troubleOf, whoWords } from "./link-holder";
import { backToPage, isOneClick, pathToPage, plain, readForm } from "./read-form";
import { readingOf } from "./reading";

type Place = { params: Promise<{ token: string }> };

/** Shows whose mails a link ends, and offers to end them. Changes nothing: mail scanners follow every link. */
export async function showSubscription(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const user = await findHolder(token);
    const reading = await readingOf(user);
    const { unsubscribe: says, chooseInstead } = reading.words;
    const { unsubscribed } = reading.words.preferences;
    const title = user.unsubscribedAt ? unsubscribed.title : says.title;
    const stillOn = user.isActive ? says.active : says.switchedOff;
    const button = user.unsubscribedAt
      ? html`<button name="wanted" value="subscribed">${unsubscribed.undo}</button>`
      : html`<button class="main" name="wanted" value="unsubscribed">${says.button}</button>`;
    return answerUserPage({
      status: 200,
      reading,
      title,
      body: html`<div class="card narrow"><h1>${title}</h1><p>${user.unsubscribedAt ? unsubscribed.words : stillOn}</p>
<form method="post">${button}</form>
<a class="quiet-links" href="${pathToPage(request, token, 1)}">${chooseInstead}</a></div>
<p class="who">${whoWords(user, reading)}</p>`,
    });
  } catch (error) {
    return answerTrouble(request, error);
  }
}

/**
 * Ends all mails to the person of a link, or resumes them: by the button of the page, or by a mail client's
 * one-click request (RFC 8058), which brings no cookie and no origin. The link itself is the permission.
 */
export async function postSubscription(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  const form = await readForm(request);
  if (isOneClick(form)) return endMailsByMachine(request, token);
  const wanted = form?.get("wanted");
  if (wanted !== "subscribed" && wanted !== "unsubscribed") {
    return plain(400, "This form was sent without saying what is wanted. Nothing was changed.");
  }
  try {
    const user = await findHolder(token);
    await changeSubscription(webContext(), user.id, wanted);
    return backToPage(request, token, {
      below: 1,
      done: wanted === "subscribed" ? "subscribed" : null,
    });
  } catch (error) {
    return answerTrouble(request, error);
  }
}

/** Ends all mails for a mail client, which reads no page and follows no redirect. */
export async function endMailsByMachine(request: Request, token: string): Promise<Response> {
  try {
    const user = await findHolder(token);
    await changeSubscription(webContext(), user.id, "unsubscribed");
    const { words } = await readingOf(user);
    return plain(200, `${words.preferences.unsubscribed.title}.`);
  } catch (error) {
    const { status, title } = troubleOf(request, error);
    return plain(status, title);
  }
}
