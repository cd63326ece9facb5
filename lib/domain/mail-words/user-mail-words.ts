import type { MailReason, UserMail } from "../mail";
import { clampLine, isolate } from "../mail-characters";
import { availableWords } from "./available";
import { digestWords } from "./digest";
import { episodeWords, runWords } from "./episodes";
import { issueWords } from "./issues";
import { maintenanceWords } from "./maintenance";
import { personalLinkWords } from "./personal-link";
import type { MailPhrases } from "./phrases";
import { capital, mailTools, person, preheaderLimit, subjectLimit, type When } from "./tools";
import { comingSoonWords, qualityWaitingWords } from "./waiting";

/** All words of the mails to people in one language. Outside text in them is clean and one line, but not escaped. */
export type MailWords = ReturnType<typeof userMailWords>;

/** Makes the words of a language from its phrases. */
export function userMailWords(phrases: MailPhrases) {
  const tools = mailTools(phrases);
  const episodes = episodeWords(phrases, tools);
  const available = availableWords(phrases, tools, episodes);
  const digest = digestWords(phrases, tools, episodes);
  const comingSoon = comingSoonWords(phrases, tools);
  const qualityWaiting = qualityWaitingWords(phrases, tools, episodes);
  const issues = issueWords(phrases, tools, episodes);
  const maintenance = maintenanceWords(phrases, tools);
  const personalLink = personalLinkWords(phrases);

  function reason(why: MailReason, title: string, when: When): string {
    const named = isolate(clampLine(title, 100));
    const on = (at: Date | null) => (at ? tools.shortDay(at, when) : null);
    switch (why.kind) {
      case "requested":
        return phrases.reason.requested(named, on(why.at));
      case "attached":
        return phrases.reason.attached(named, why.by ? person(why.by) : null, on(why.at));
      case "following":
        return phrases.reason.following(named);
    }
  }

  function subject(mail: UserMail): string {
    switch (mail.kind) {
      case "episodes_available":
        return available.episodesSubject(mail.props);
      case "movie_available":
        return available.movieSubject(mail.props);
      case "daily_digest":
        return digest.subject(mail.props);
      case "coming_soon":
        return comingSoon.subject(mail.props);
      case "quality_waiting":
        return qualityWaiting.subject(mail.props);
      case "issue_received":
        return issues.received.subject(mail.props);
      case "issue_resolved":
        return issues.resolved.subject(mail.props);
      case "maintenance":
        return maintenance.subject(mail.props);
      case "personal_link":
        return personalLink.subject(mail.props);
    }
  }

  function preheader(mail: UserMail): string {
    switch (mail.kind) {
      case "episodes_available":
        return available.episodesPreheader(mail.props);
      case "movie_available":
        return available.moviePreheader(mail.props);
      case "daily_digest":
        return digest.preheader(mail.props);
      case "coming_soon":
        return comingSoon.preheader(mail.props);
      case "quality_waiting":
        return qualityWaiting.preheader(mail.props);
      case "issue_received":
        return clampLine(issues.received.next(mail.props), preheaderLimit);
      case "issue_resolved":
        return clampLine(issues.resolved.sentence(mail.props), preheaderLimit);
      case "maintenance":
        return clampLine(maintenance.sentence(mail.props), preheaderLimit);
      case "personal_link":
        return clampLine(personalLink.sentence(mail.props), preheaderLimit);
    }
  }

  const { readyToWatch, episodesDetail, movieDetail } = available;
  const { newOnServer, movieOnServer, nextEpisode } = available;
  const { posterOf, playInPlex, playInApp, muteShow, muteMovie } = phrases;
  const { preferences, calendar, unsubscribe } = phrases;
  return {
    subject,
    preheader,
    readyToWatch,
    episodesDetail,
    movieDetail,
    newOnServer,
    movieOnServer,
    nextEpisode,
    posterOf: (title: string) => posterOf(clampLine(title, 100)),
    playInPlex,
    playInApp,
    muteShow,
    muteMovie,
    preferences,
    calendar,
    unsubscribe,
    length: tools.length,
    moment: tools.moment,
    reason,
    seasonName: episodes.seasonName,
    episodeLine: (season: number, numbers: string, count: number) =>
      capital(phrases.episodes.numbered({ count, isSpecials: season === 0 }, numbers)),
    episodeRun: runWords,
    andMore: phrases.episodes.andMore,
    noNameYet: phrases.episodes.noNameYet,
    sample: {
      subject: (subjectOfNews: string) =>
        clampLine(phrases.sample.subject(subjectOfNews), subjectLimit),
      note: phrases.sample.note,
    },
    digest,
    comingSoon,
    qualityWaiting,
    issueReceived: issues.received,
    issueResolved: issues.resolved,
    maintenance,
    personalLink,
  };
}
