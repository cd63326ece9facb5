import { languageNames, languages } from "@/lib/domain/language";
import { clockTime, isTimeZone } from "@/lib/domain/local-time";
import type { PageWords } from "@/lib/domain/page-words";
import {
  frequencies,
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
  serverLanguage: keyof typeof languageNames;
  titles: readonly FollowedTitle[];
  /** Null when BingeAlert has no public address. */
  calendarUrl: string | null;
  /** What was done, or why not, in a sentence. */
  notice: string | null;
};

type Words = PageWords["preferences"];

const copyScript = `for(const b of document.querySelectorAll("[data-copies]")){const f=document.getElementById(b.dataset.copies);if(navigator.clipboard){b.hidden=false;b.addEventListener("click",async()=>{await navigator.clipboard.writeText(f.value);b.textContent=b.dataset.copied})}f.addEventListener("focus",()=>f.select())}`;

/** The page on which a person chooses what they get, and its script. */
export function preferencesPage(
  says: Words,
  view: PreferencesView,
): { body: Html; script: string } {
  return {
    script: copyScript,
    body: html`
<h1 class="above">${says.title}</h1>
<p class="above">${says.appliesAtOnce}</p>
${view.notice === null ? null : html`<p class="notice" role="status">${view.notice}</p>`}
${offNotice(says, view)}
${choices(says, view)}
${followed(says, view.titles)}
${view.calendarUrl === null ? null : calendar(says.calendar, view.calendarUrl)}
${endings(says.links, view)}
<p class="who">${view.who}</p>`,
  };
}

function offNotice(says: Words, { isUnsubscribed, isSwitchedOff }: PreferencesView): Html | null {
  if (isUnsubscribed) {
    const { title, words, undo } = says.unsubscribed;
    return html`<form method="post" class="card"><h2>${title}</h2>
<p>${words}</p>
<button class="main" name="wanted" value="subscribed">${undo}</button></form>`;
  }
  if (!isSwitchedOff) return null;
  return html`<p class="notice">${says.switchedOff}</p>`;
}

function choices(says: Words, view: PreferencesView): Html {
  const { preferences } = view;
  const wanted = wantedChoices(preferences.mutedKinds);
  const { quietHours, frequency } = preferences;
  return html`<form method="post" class="card">
<fieldset><legend>${says.what}</legend>
${mailChoices.map(({ name }) => {
  const { label, help } = says.choices[name];
  return html`<label class="pick"><input type="checkbox" name="wanted_mail" value="${name}"${checked(wanted.includes(name))}><span><b>${label}</b><span class="help">${help}</span></span></label>
`;
})}</fieldset>
<fieldset><legend>${says.howSoon}</legend>
${frequencies.map((name) => {
  const { label, help } = says.frequencies[name];
  return html`<label class="pick"><input type="radio" name="frequency" value="${name}"${checked(name === frequency)}><span><b>${label}</b><span class="help">${help}</span></span></label>
${name === "daily_digest" ? hourField(says, preferences.digestHour) : null}`;
})}</fieldset>
<fieldset><legend>${says.quietHours}</legend>
<label class="pick"><input type="checkbox" name="quiet"${checked(quietHours !== null)}><span><b>${says.quiet.label}</b><span class="help">${says.quiet.help}</span></span></label>
<div class="more hours"><div class="pair">
<label class="field"><b>${says.from}</b><input type="time" name="quiet_from" value="${clockTime(quietHours?.from ?? 22 * 60)}"></label>
<label class="field"><b>${says.until}</b><input type="time" name="quiet_until" value="${clockTime(quietHours?.until ?? 7 * 60)}"></label>
</div></div></fieldset>
<div class="row"><label class="field"><b>${says.timeZone}</b><select name="time_zone">${zoneOptions(says, view)}</select></label>
<label class="field"><b>${says.language}</b><select name="language">${languageOptions(says, view)}</select></label></div>
<button class="main" name="change" value="preferences">${says.save}</button>
</form>`;
}

function hourField(says: Words, chosen: number): Html {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return html`<div class="more hour"><label class="field"><b>${says.digestAt}</b><select name="digest_hour">${hours.map(
    (hour) =>
      html`<option value="${hour}"${selected(hour === chosen)}>${clockTime(hour * 60)}</option>`,
  )}</select></label></div>
`;
}

function zoneOptions(says: Words, { preferences, serverZone }: PreferencesView): Html {
  const { timeZone: chosen } = preferences;
  const names = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
  const known = chosen === null || names.includes(chosen) || !isTimeZone(chosen);
  return html`<option value="">${says.theServers(zoneWords(serverZone))}</option>
${(known ? names : [chosen, ...names]).map(
  (name) => html`<option value="${name}"${selected(name === chosen)}>${zoneWords(name)}</option>`,
)}`;
}

const zoneWords = (name: string) => name.replaceAll("_", " ");

function languageOptions(says: Words, { preferences, serverLanguage }: PreferencesView): Html {
  return html`<option value="">${says.theServers(languageNames[serverLanguage])}</option>
${languages.map(
  (name) =>
    html`<option value="${name}" lang="${name}"${selected(name === preferences.language)}>${languageNames[name]}</option>`,
)}`;
}

const shownTitles = 8;

function followed(says: Words, titles: readonly FollowedTitle[]): Html | null {
  if (titles.length === 0) return null;
  const { title, help, more } = says.following;
  const row = (one: FollowedTitle) => titleRow(says, one);
  const rest = titles.slice(shownTitles);
  return html`<section class="card"><h2>${title}</h2>
<p class="help">${help}</p>
<form method="post"><ul>${titles.slice(0, shownTitles).map(row)}</ul>
${rest.length > 0 ? html`<details><summary>${more(rest.length)}</summary><ul>${rest.map(row)}</ul></details>` : null}</form>
</section>`;
}

function titleRow(says: Words, { requestId, title, year, how, isMuted }: FollowedTitle): Html {
  const [change, label] = isMuted ? ["follow", says.follow] : ["mute", says.mute];
  return html`<li><span><b>${title}${year === null ? null : ` (${year})`}</b><span class="help">${isMuted ? says.muted : says.how[how]}</span></span><button name="change" value="${change}:${requestId}" aria-label="${label}: ${title}">${label}</button></li>`;
}

function calendar(says: Words["calendar"], url: string): Html {
  return html`<section class="card"><h2>${says.title}</h2>
<p class="help">${says.help}</p>
<div class="side"><input id="feed" type="url" readonly value="${url}" aria-label="${says.address}"><button type="button" data-copies="feed" data-copied="${says.copied}" hidden>${says.copy}</button></div>
<a class="quiet-links" href="${url.replace(/^https?:/, "webcal:")}">${says.open}</a>
</section>`;
}

function endings(says: Words["links"], { unsubscribePath, isUnsubscribed }: PreferencesView): Html {
  return html`<section class="card"><h2>${says.title}</h2>
<p class="help">${says.help}</p>
<details><summary>${says.revokeAll}</summary>
<p class="help">${says.revokeHelp}</p>
<form method="post"><button name="change" value="revoke">${says.revoke}</button></form></details>
${isUnsubscribed ? null : html`<p class="quiet-links"><a href="${unsubscribePath}">${says.unsubscribe}</a></p>`}
</section>`;
}

const checked = (is: boolean): Html | null => (is ? html` checked` : null);
const selected = (is: boolean): Html | null => (is ? html` selected` : null);
