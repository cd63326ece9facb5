import "server-only";
import { type Preferences, preferencesOf } from "@/lib/domain/preferences";
import { changeSubscription } from "@/lib/services/change-subscription";
import { muteTitle } from "@/lib/services/mute-title";
import { calendarFeed } from "@/lib/services/personal-links";
import { revokeLinks } from "@/lib/services/revoke-links";
import { savePreferences } from "@/lib/services/save-preferences";
import { userPageLook } from "@/lib/services/user-page-look";
import type { User } from "@/lib/store/users";
import { listFollowedTitles } from "@/lib/store/views/followed-titles";
import { webContext } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, findHolder, readLook, veiledAddress, whoWords } from "./link-holder";
import { readPreferences } from "./preferences-form";
import { preferencesPage } from "./preferences-page";
import { backToPage, isOneClick, pathToPage, plain, readForm, requestIdOf } from "./read-form";
import { endMailsByMachine } from "./unsubscribe-route";

type Place = { params: Promise<{ token: string }> };

/** More titles than anybody scrolls through. */
const mostTitles = 500;

const doneWords: Record<string, string> = {
  saved: "Saved. It applies from now on.",
  muted: "Muted. No mail about it comes any more.",
  followed: "You follow it again. What comes from now on is told.",
  subscribed: "You get mails again.",
};

/** Shows what a person gets by mail and lets them choose. Changes nothing: mail scanners follow every link. */
export async function showPreferences(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const user = await findHolder(token);
    const done = new URL(request.url).searchParams.get("done") ?? "";
    return await answerPreferences(request, token, user, {
      status: 200,
      notice: Object.hasOwn(doneWords, done) ? (doneWords[done] ?? null) : null,
    });
  } catch (error) {
    return answerTrouble(error);
  }
}

/** Does what a form of the page asks for, or ends all mails for a mail client. The link itself is the permission. */
export async function postPreferences(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  const form = await readForm(request);
  if (isOneClick(form)) return endMailsByMachine(token);
  try {
    const user = await findHolder(token);
    return await change(request, token, user, form);
  } catch (error) {
    return answerTrouble(error);
  }
}

async function change(
  request: Request,
  token: string,
  user: User,
  form: FormData | null,
): Promise<Response> {
  const back = (done: string | null) => backToPage(request, token, { below: 0, done });
  const wanted = form?.get("wanted");
  if (wanted === "subscribed" || wanted === "unsubscribed") {
    await changeSubscription(webContext(), user.id, wanted);
    return back(wanted === "subscribed" ? "subscribed" : null);
  }
  const [what, id] = String(form?.get("change") ?? "").split(":");
  switch (what) {
    case "preferences": {
      const reading = readPreferences(form ?? new FormData(), user.mutedKinds);
      if (reading.kind === "refused") {
        const notice = `Nothing was saved. ${reading.because}`;
        return answerPreferences(request, token, user, { status: 422, notice });
      }
      await savePreferences(webContext(), user.id, reading.preferences);
      return back("saved");
    }
    case "mute":
    case "follow":
      await muteTitle(webContext(), user, requestIdOf(id), what === "mute" ? "muted" : "followed");
      return back(what === "mute" ? "muted" : "followed");
    case "revoke":
      return answerRevoked(user, await revokeLinks(webContext(), user.id));
    default:
      return plain(400, "This form was sent without saying what is wanted. Nothing was changed.");
  }
}

async function answerPreferences(
  request: Request,
  token: string,
  user: User,
  { status, notice }: { status: number; notice: string | null },
): Promise<Response> {
  const ctx = webContext();
  const config = await ctx.loadConfig();
  const preferences: Preferences = preferencesOf(user);
  const { body, script } = preferencesPage({
    unsubscribePath: `${pathToPage(request, token, 0)}/unsubscribe`,
    who: whoWords(user),
    preferences,
    isUnsubscribed: user.unsubscribedAt !== null,
    isSwitchedOff: !user.isActive,
    serverZone: config.timeZone,
    titles: await listFollowedTitles(ctx.database.db, user.id, mostTitles),
    calendarUrl: calendarFeed(config, user),
    notice,
  });
  return answerUserPage({
    status,
    look: userPageLook(config),
    title: "Choose what you get",
    body,
    script,
  });
}

async function answerRevoked(user: User, sent: "mailed" | "notMailed"): Promise<Response> {
  const address = veiledAddress(user.email);
  const where = address ? ` to ${address}` : "";
  return answerUserPage({
    status: 200,
    look: await readLook(),
    title: "Your links are revoked",
    body: html`<div class="card narrow"><h1>Your links are revoked</h1>
<p>Every link you had is useless now, this page’s as well.</p>
<p>${sent === "mailed" ? `New ones are on their way by mail${where}.` : "No mail goes to you at the moment, so ask the admin for a new link."}</p></div>`,
  });
}
