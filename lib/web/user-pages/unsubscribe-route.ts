import "server-only";
import { changeSubscription } from "@/lib/services/change-subscription";
import { webContext } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, findHolder, readLook, troubleWords, whoWords } from "./link-holder";
import { backToPage, isOneClick, pathToPage, plain, readForm } from "./read-form";

type Place = { params: Promise<{ token: string }> };

/** Shows whose mails a link ends, and offers to end them. Changes nothing: mail scanners follow every link. */
export async function showSubscription(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const user = await findHolder(token);
    const title = user.unsubscribedAt ? "You get no more mails" : "Stop these mails?";
    const words = user.unsubscribedAt
      ? "Nothing you asked for is announced to you by mail. If this was a mistake, undo it."
      : user.isActive
        ? "You get a mail when something you asked for is ready to watch. Unsubscribing ends all of them at once."
        : "Mails to you are switched off by the admin at the moment. Unsubscribing makes sure that none comes later.";
    const button = user.unsubscribedAt
      ? html`<button name="wanted" value="subscribed">Undo</button>`
      : html`<button class="main" name="wanted" value="unsubscribed">Unsubscribe</button>`;
    return answerUserPage({
      status: 200,
      look: await readLook(),
      title,
      body: html`<div class="card narrow"><h1>${title}</h1><p>${words}</p>
<form method="post">${button}</form>
<a class="quiet-links" href="${pathToPage(request, token, 1)}">Choose what you get instead</a></div>
<p class="who">${whoWords(user)}</p>`,
    });
  } catch (error) {
    return answerTrouble(error);
  }
}

/**
 * Ends all mails to the person of a link, or resumes them: by the button of the page, or by a mail client's
 * one-click request (RFC 8058), which brings no cookie and no origin. The link itself is the permission.
 */
export async function postSubscription(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  const form = await readForm(request);
  if (isOneClick(form)) return endMailsByMachine(token);
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
    return answerTrouble(error);
  }
}

/** Ends all mails for a mail client, which reads no page and follows no redirect. */
export async function endMailsByMachine(token: string): Promise<Response> {
  try {
    const user = await findHolder(token);
    await changeSubscription(webContext(), user.id, "unsubscribed");
    return plain(200, "You get no more mails.");
  } catch (error) {
    const { status, title } = troubleWords(error);
    return plain(status, title);
  }
}
