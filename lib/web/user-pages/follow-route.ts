import "server-only";
import { mailAddress } from "@/lib/domain/recipients";
import { AppError } from "@/lib/errors";
import { askToFollow } from "@/lib/services/users/ask-to-follow";
import { followTitle } from "@/lib/services/users/follow-title";
import { readFollowLink } from "@/lib/services/users/signed-links";
import { findRequest, type Request as SeerrRequest } from "@/lib/store/requests";
import { webContext, webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { type Html, html } from "./html";
import { answerTrouble, findHolder, linkKey, whoWords } from "./link-holder";
import { backToPage, pathToPage, plain, readForm } from "./read-form";
import { type Reading, readingOf, readingOfVisitor } from "./reading";

type SharedPlace = { params: Promise<{ token: string }> };
type OwnPlace = { params: Promise<{ token: string; follow: string }> };

/** The page the admin shares: asks where the mails are to go. Says nothing about who follows it. */
export async function showFollow(request: Request, place: SharedPlace): Promise<Response> {
  try {
    const { token } = await place.params;
    const title = await findTitle(token);
    return answerForm(title, await readingOfVisitor(request), { status: 200, problem: null });
  } catch (error) {
    return answerTrouble(request, error);
  }
}

/** Mails a link to confirm to the address, if somebody here has it. The answer is the same for every address. */
export async function postFollow(request: Request, place: SharedPlace): Promise<Response> {
  try {
    const { token } = await place.params;
    const title = await findTitle(token);
    const reading = await readingOfVisitor(request);
    const { noAddress, sent } = reading.words.follow;
    const form = await readForm(request);
    const address = mailAddress(String(form?.get("address") ?? ""));
    if (!address) return answerForm(title, reading, { status: 422, problem: noAddress });
    await askToFollow(webContext(), title.id, address);
    const content = html`<p>${sent.words(title.title)}</p>
<p>${sent.nothing}</p>`;
    return answerCard(200, reading, sent.title, content);
  } catch (error) {
    return answerTrouble(request, error);
  }
}

/** Asks one person to confirm that they follow a title. Changes nothing: mail scanners follow every link. */
export async function showConfirmFollow(request: Request, place: OwnPlace): Promise<Response> {
  try {
    const { token, follow } = await place.params;
    const user = await findHolder(token);
    const title = await findTitle(follow);
    const reading = await readingOf(user);
    const { follow: says, preferences } = reading.words;
    return answerCard(
      200,
      reading,
      says.confirm(title.title),
      html`<p>${says.confirmHelp}</p>
<form method="post"><button class="main" name="wanted" value="followed">${says.button}</button></form>
<a class="quiet-links" href="${pathToPage(request, token, 2)}">${preferences.title}</a>`,
      whoWords(user, reading),
    );
  } catch (error) {
    return answerTrouble(request, error);
  }
}

/** Lets the person of the link follow the title. */
export async function postConfirmFollow(request: Request, place: OwnPlace): Promise<Response> {
  try {
    const { token, follow } = await place.params;
    const user = await findHolder(token);
    const title = await findTitle(follow);
    const form = await readForm(request);
    if (form?.get("wanted") !== "followed") {
      return plain(400, "This form was sent without saying what is wanted. Nothing was changed.");
    }
    await followTitle(webContext(), user, title.id);
    return backToPage(request, token, { below: 2, done: "followed" });
  } catch (error) {
    return answerTrouble(request, error);
  }
}

async function findTitle(token: string): Promise<SeerrRequest> {
  const requestId = readFollowLink(linkKey(), token);
  const request = requestId === null ? null : await findRequest(webDatabase().db, requestId);
  if (!request || request.status === "deleted" || request.status === "declined") {
    throw new AppError("not_found", "There is no such title");
  }
  return request;
}

function answerForm(
  title: SeerrRequest,
  reading: Reading,
  { status, problem }: { status: number; problem: string | null },
): Response {
  const says = reading.words.follow;
  return answerCard(
    status,
    reading,
    says.title(title.title),
    html`<p>${says.help}</p>
${problem === null ? null : html`<p class="notice" role="status">${problem}</p>`}
<form method="post" class="spaced"><label class="field"><b>${says.address}</b><input type="email" name="address" autocomplete="email" required></label>
<button class="main">${says.button}</button></form>`,
  );
}

function answerCard(
  status: number,
  reading: Reading,
  title: string,
  content: Html,
  who: string | null = null,
): Response {
  return answerUserPage({
    status,
    reading,
    title,
    body: html`<div class="card narrow"><h1>${title}</h1>${content}</div>${who === null ? null : html`<p class="who">${who}</p>`}`,
  });
}
