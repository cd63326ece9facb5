import { clockTime, isTimeZone } from "@/lib/domain/local-time";
import {
  type Frequency,
  mailChoices,
  type Preferences,
  wantedChoices,
} from "@/lib/domain/preferences";
import type { FollowedTitle } from "@/lib/domain/views/followed-title";
import { type Html, html } from "./html";

export type PreferencesView = {
  unsubscribePath: string;
  who: string;
  preferences: Preferences;
  isUnsubscribed: boolean;
  /** The admin switched this person's mails off. */
  isSwitchedOff: boolean;
  serverZone: string;
  titles: readonly FollowedTitle[];
  /** Null when BingeAlert has no public address. */
  calendarUrl: string | null;
  /** What was done, or why not, in a sentence. */
  notice: string | null;
};

const frequencyWords: Record<Frequency, { label: string; help: string }> = {
  every_episode: {
    label: "As soon as it is ready",
    help: "Episodes that arrive together come in one mail.",
  },
  season_complete: {
    label: "When a season is complete",
    help: "One mail when the last episode is there. After 14 days without a new episode you get what is there. Movies come at once.",
  },
  daily_digest: { label: "Once a day", help: "What became ready since, one mail for each title." },
};

const copyScript = `for(const b of document.querySelectorAll("[data-copies]")){const f=document.getElementById(b.dataset.copies);if(navigator.clipboard){b.hidden=false;b.addEventListener("click",async()=>{await navigator.clipboard.writeText(f.value);b.textContent="Copied"})}f.addEventListener("focus",()=>f.select())}`;

/** The page on which a person chooses what they get, and its script. */
export function preferencesPage(view: PreferencesView): { body: Html; script: string } {
  return {
    script: copyScript,
    body: html`
<h1 class="above">Choose what you get</h1>
<p class="above">It applies at once, also to what waits for you already.</p>
${view.notice === null ? null : html`<p class="notice" role="status">${view.notice}</p>`}
${offNotice(view)}
${choices(view)}
${followed(view.titles)}
${view.calendarUrl === null ? null : calendar(view.calendarUrl)}
${endings(view)}
<p class="who">${view.who}</p>`,
  };
}

function offNotice({ isUnsubscribed, isSwitchedOff }: PreferencesView): Html | null {
  if (isUnsubscribed) {
    return html`<form method="post" class="card"><h2>You get no more mails</h2>
<p>Nothing you asked for is announced to you. If this was a mistake, undo it.</p>
<button class="main" name="wanted" value="subscribed">Undo</button></form>`;
  }
  if (!isSwitchedOff) return null;
  return html`<p class="notice">Mails to you are switched off by the admin at the moment. What you choose here is kept.</p>`;
}

function choices({ preferences, serverZone }: PreferencesView): Html {
  const wanted = wantedChoices(preferences.mutedKinds);
  const { quietHours, frequency } = preferences;
  return html`<form method="post" class="card">
<fieldset><legend>What you get</legend>
${mailChoices.map(
  ({
    name,
    label,
    help,
  }) => html`<label class="pick"><input type="checkbox" name="wanted_mail" value="${name}"${checked(wanted.includes(name))}><span><b>${label}</b><span class="help">${help}</span></span></label>
`,
)}</fieldset>
<fieldset><legend>How soon</legend>
${(Object.keys(frequencyWords) as Frequency[]).map((name) => {
  const { label, help } = frequencyWords[name];
  return html`<label class="pick"><input type="radio" name="frequency" value="${name}"${checked(name === frequency)}><span><b>${label}</b><span class="help">${help}</span></span></label>
${name === "daily_digest" ? hourField(preferences.digestHour) : null}`;
})}</fieldset>
<fieldset><legend>Quiet hours</legend>
<label class="pick"><input type="checkbox" name="quiet"${checked(quietHours !== null)}><span><b>No mails in quiet hours</b><span class="help">What becomes ready meanwhile comes afterwards, in one mail for each title.</span></span></label>
<div class="more hours"><div class="pair">
<label class="field"><b>From</b><input type="time" name="quiet_from" value="${clockTime(quietHours?.from ?? 22 * 60)}"></label>
<label class="field"><b>Until</b><input type="time" name="quiet_until" value="${clockTime(quietHours?.until ?? 7 * 60)}"></label>
</div></div></fieldset>
<div class="row"><label class="field"><b>Time zone</b><select name="time_zone">${zoneOptions(preferences.timeZone, serverZone)}</select></label></div>
<button class="main" name="change" value="preferences">Save</button>
</form>`;
}

function hourField(chosen: number): Html {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return html`<div class="more hour"><label class="field"><b>At</b><select name="digest_hour">${hours.map(
    (hour) =>
      html`<option value="${hour}"${selected(hour === chosen)}>${clockTime(hour * 60)}</option>`,
  )}</select></label></div>
`;
}

function zoneOptions(chosen: string | null, serverZone: string): Html {
  const names = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
  const known = chosen === null || names.includes(chosen) || !isTimeZone(chosen);
  return html`<option value="">${zoneWords(serverZone)}, the server’s</option>
${(known ? names : [chosen, ...names]).map(
  (name) => html`<option value="${name}"${selected(name === chosen)}>${zoneWords(name)}</option>`,
)}`;
}

const zoneWords = (name: string) => name.replaceAll("_", " ");

const shownTitles = 8;

function followed(titles: readonly FollowedTitle[]): Html | null {
  if (titles.length === 0) return null;
  const rest = titles.slice(shownTitles);
  return html`<section class="card"><h2>What you follow</h2>
<p class="help">What you asked for or were added to. Mute what you want no more mails about.</p>
<form method="post"><ul>${titles.slice(0, shownTitles).map(titleRow)}</ul>
${rest.length > 0 ? html`<details><summary>Show ${rest.length} more</summary><ul>${rest.map(titleRow)}</ul></details>` : null}</form>
</section>`;
}

const howWords = { asked: "You asked for it", admin: "You were added", link: "You follow it" };

function titleRow({ requestId, title, year, how, isMuted }: FollowedTitle): Html {
  const [change, label] = isMuted ? ["follow", "Follow"] : ["mute", "Mute"];
  return html`<li><span><b>${title}${year === null ? null : ` (${year})`}</b><span class="help">${isMuted ? "Muted" : howWords[how]}</span></span><button name="change" value="${change}:${requestId}" aria-label="${label} ${title}">${label}</button></li>`;
}

function calendar(url: string): Html {
  return html`<section class="card"><h2>Calendar</h2>
<p class="help">Upcoming episodes of what you follow, in your own calendar. It keeps itself up to date.</p>
<div class="side"><input id="feed" type="url" readonly value="${url}" aria-label="Address of your calendar"><button type="button" data-copies="feed" hidden>Copy</button></div>
<a class="quiet-links" href="${url.replace(/^https?:/, "webcal:")}">Open it in a calendar app</a>
</section>`;
}

function endings({ unsubscribePath, isUnsubscribed }: PreferencesView): Html {
  return html`<section class="card"><h2>Your links</h2>
<p class="help">Whoever has this page’s address, or a mail of yours, can change what you get. If one fell into other hands, make them all useless.</p>
<details><summary>Revoke all my links</summary>
<p class="help">Every link in mails you have stops working, and so does your calendar. New ones come by mail.</p>
<form method="post"><button name="change" value="revoke">Revoke, and mail me new ones</button></form></details>
${isUnsubscribed ? null : html`<p class="quiet-links"><a href="${unsubscribePath}">Unsubscribe from all mails</a></p>`}
</section>`;
}

const checked = (is: boolean): Html | null => (is ? html` checked` : null);
const selected = (is: boolean): Html | null => (is ? html` selected` : null);
