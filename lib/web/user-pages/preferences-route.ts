import "server-only";
import { type Preferences, preferencesOf } from "@/lib/domain/preferences";
import { changeSubscription } from "@/lib/services/users/change-subscription";
import { muteTitle } from "@/lib/services/users/mute-title";
import { calendarFeed } from "@/lib/services/users/personal-links";
import { revokeLinks } from "@/lib/services/users/revoke-links";
import { savePreferences } from "@/lib/services/users/save-preferences";
import type { User } from "@/lib/store/users";
import { listFollowedTitles } from "@/lib/store/views/followed-titles";
import { webContext } from "../service-context";
import { answerUserPage } from "./answer-page";
import { html } from "./html";
import { answerTrouble, findHolder, veiledAddress, whoWords } from "./link-holder";
import { readPreferences } from "./preferences-form";
import { preferencesPage } from "./preferences-page";
import { backToPage, isOneClick, pathToPage, plain, readForm, requestIdOf } from "./read-form";
import { type Reading, readingOf } from "./reading";
import { endMailsByMachine } from "./unsubscribe-route";

type Place = { params: Promise<{ token: string }> };

/** More titles than anybody scrolls through. */
const mostTitles = 500;

/** Shows what a person gets by mail and lets them choose. Changes nothing: mail scanners follow every link. */
export async function showPreferences(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  try {
    const user = await findHolder(token);
    const reading = await readingOf(user);
    const done: Partial<Record<string, string>> = reading.words.preferences.done;
    const name = new URL(request.url).searchParams.get("done") ?? "";
    const notice = Object.hasOwn(done, name) ? (done[name] ?? null) : null;
    return await answerPreferences(request, token, user, reading, { status: 200, notice });
  } catch (error) {
    return answerTrouble(request, error);
  }
}

/** Does what a form of the page asks for, or ends all mails for a mail client. The link itself is the permission. */
export async function postPreferences(request: Request, place: Place): Promise<Response> {
  const { token } = await place.params;
  const form = await readForm(request);
  if (isOneClick(form)) return endMailsByMachine(request, token);
  try {
    const user = await findHolder(token);
    return await change(request, token, user, form);
  } catch (error) {
    return answerTrouble(request, error);
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
      const wished = readPreferences(form ?? new FormData(), user.mutedKinds);
      if (wished.kind === "refused") {
        const reading = await readingOf(user);
        const { nothingSaved, refused } = reading.words.preferences;
        const notice = `${nothingSaved} ${refused[wished.because]}`;
        return answerPreferences(request, token, user, reading, { status: 422, notice });
      }
      await savePreferences(webContext(), user.id, wished.preferences);
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
  reading: Reading,
  { status, notice }: { status: number; notice: string | null },
): Promise<Response> {
  const ctx = webContext();
  const config = await ctx.loadConfig();
  const preferences: Preferences = preferencesOf(user);
  const says = reading.words.preferences;
  const { body, script } = preferencesPage(says, {
    unsubscribePath: `${pathToPage(request, token, 0)}/unsubscribe`,
    who: whoWords(user, reading),
    preferences,
    isUnsubscribed: user.unsubscribedAt !== null,
    isSwitchedOff: !user.isActive,
    serverZone: config.timeZone,
    serverLanguage: config.settings.MAIL_LANGUAGE,
    titles: await listFollowedTitles(ctx.database.db, user.id, mostTitles),
    calendarUrl: calendarFeed(config, user),
    notice,
  });
  return answerUserPage({
    status,
    reading,
    title: says.title,
    body,
    script,
  });
}

async function answerRevoked(user: User, sent: "mailed" | "notMailed"): Promise<Response> {
  const reading = await readingOf(user);
  const says = reading.words.revoked;
  const next = sent === "mailed" ? says.mailed(veiledAddress(user.email)) : says.notMailed;
  return answerUserPage({
    status: 200,
    reading,
    title: says.title,
    body: html`<div class="card narrow"><h1>${says.title}</h1>
<p>${says.useless}</p>
<p>${next}</p></div>`,
  });
}
