import "server-only";
import { mailAddress } from "@/lib/domain/recipients";
import { AppError } from "@/lib/errors";
import { askToFollow } from "@/lib/services/ask-to-follow";
import { followTitle } from "@/lib/services/follow-title";
import { readFollowLink } from "@/lib/services/signed-links";
import { findRequest, type Request as SeerrRequest } from "@/lib/store/requests";
import { webContext, webDatabase } from "../service-context";
import { answerUserPage } from "./answer-page";
import { type Html, html } from "./html";
import { answerTrouble, findHolder, linkKey, readLook, whoWords } from "./link-holder";
import { backToPage, pathToPage, plain, readForm } from "./read-form";

type SharedPlace = { params: Promise<{ token: string }> };
type OwnPlace = { params: Promise<{ token: string; follow: string }> };

/** The page the admin shares: asks where the mails are to go. Says nothing about who follows it. */
export async function showFollow(_request: Request, place: SharedPlace): Promise<Response> {
  try {
    const { token } = await place.params;
    return await answerForm(await findTitle(token), { status: 200, problem: null });
  } catch (error) {
    return answerTrouble(error);
  }
}

/** Mails a link to confirm to the address, if somebody here has it. The answer is the same for every address. */
export async function postFollow(request: Request, place: SharedPlace): Promise<Response> {
  try {
    const { token } = await place.params;
    const title = await findTitle(token);
    const form = await readForm(request);
    const address = mailAddress(String(form?.get("address") ?? ""));
    if (!address) {
      return await answerForm(title, { status: 422, problem: "That is not a mail address." });
    }
    await askToFollow(webContext(), title.id, address);
    return await answerCard(
      200,
      "Look into your mail",
      html`<p>If this server sends mails to that address, one is on its way. Confirm in it that you follow ${title.title}.</p>
<p>Nothing comes? The address has to be the one you have in Seerr.</p>`,
    );
  } catch (error) {
    return answerTrouble(error);
  }
}

/** Asks one person to confirm that they follow a title. Changes nothing: mail scanners follow every link. */
export async function showConfirmFollow(request: Request, place: OwnPlace): Promise<Response> {
  try {
    const { token, follow } = await place.params;
    const user = await findHolder(token);
    const title = await findTitle(follow);
    return await answerCard(
      200,
      `Follow ${title.title}?`,
      html`<p>You get a mail when something new of it is ready to watch. What is there already is not told.</p>
<form method="post"><button class="main" name="wanted" value="followed">Follow</button></form>
<a class="quiet-links" href="${pathToPage(request, token, 2)}">Choose what you get</a>`,
      whoWords(user),
    );
  } catch (error) {
    return answerTrouble(error);
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
    return answerTrouble(error);
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
  { status, problem }: { status: number; problem: string | null },
): Promise<Response> {
  return answerCard(
    status,
    `Follow ${title.title}`,
    html`<p>You get a mail when something new of it is ready to watch.</p>
${problem === null ? null : html`<p class="notice" role="status">${problem}</p>`}
<form method="post" class="spaced"><label class="field"><b>Your mail address</b><input type="email" name="address" autocomplete="email" required></label>
<button class="main">Follow</button></form>`,
  );
}

async function answerCard(
  status: number,
  title: string,
  content: Html,
  who: string | null = null,
): Promise<Response> {
  return answerUserPage({
    status,
    look: await readLook(),
    title,
    body: html`<div class="card narrow"><h1>${title}</h1>${content}</div>${who === null ? null : html`<p class="who">${who}</p>`}`,
  });
}
