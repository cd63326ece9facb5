import type { Amount, MailPhrases } from "./phrases";

const episode = ({ count, isSpecials }: Amount) =>
  `${isSpecials ? "special" : "episode"}${count === 1 ? "" : "s"}`;
const isOrAre = (count: number) => (count === 1 ? "is" : "are");
const itOrThem = (count: number) => (count === 1 ? "it" : "them");
const on = (day: string | null) => (day === null ? "" : ` on ${day}`);
const inQuality = (quality: string | null) => `in ${quality ?? "good quality"}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const spelled = ["No", "A", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
const inWords = [...spelled, "Eleven", "Twelve"];

const now = (isMoved: boolean) => (isMoved ? " now" : "");
const about = (problem: string) => (problem === "other" ? "" : ` about the ${problem}`);
const withProblem = (problem: string) =>
  problem === "other" ? "a problem" : `a problem with the ${problem}`;

/** English, as it is spoken in Britain: day before month, 24 hours. */
export const english: MailPhrases = {
  locale: "en-GB",
  day: ({ weekday, day, month, year }) => [weekday, day, month, year].filter(Boolean).join(" "),
  shortMonth: (month) => month.slice(0, 3),
  clock: (time, zone) => `${time} ${zone}`,
  moment: (day, clock) => `${day} at ${clock}`,
  span: (from, to) => `${from} to ${to}`,
  hours: (count) => `${count} h`,
  minutes: (count) => `${count} min`,
  inFourK: " in 4K",

  episodes: {
    numbered: (amount, numbers) => `${episode(amount)} ${numbers}`,
    inSeason: (season, episodes) => `season ${season}, ${episodes}`,
    counted: (amount, season) =>
      `${amount.count} ${episode(amount)}${season === null ? "" : ` of season ${season}`}`,
    countedFrom: (count, seasons, regular, withSpecials) =>
      `${count} episodes from ${english.episodes.seasons(seasons, regular, withSpecials)}`,
    seasons: (seasons, regular, withSpecials) =>
      `season${regular === 1 ? "" : "s"} ${seasons}${withSpecials ? " and the specials" : ""}`,
    season: (season) => `Season ${season}`,
    specials: "Specials",
    allSeasons: "All seasons",
    noNameYet: "No name yet",
    andMore: (count) => `and ${count} more`,
  },

  available: {
    kicker: (isFourK) => `Ready to watch${isFourK ? english.inFourK : ""}`,
    episodesReady: (episodes, count, inFourK) => `: ${episodes} ${isOrAre(count)} ready${inFourK}`,
    movieReady: (inFourK) => ` is ready${inFourK}`,
    episodesOnServer: (amount, called) =>
      `${inWords[amount.count] ?? amount.count} new ${episode(amount)} ${isOrAre(amount.count)} on the server${called}.`,
    movieOnServer: (called) => `The film is on the server${called}.`,
    nextSpecial: (number, day) => `Special ${number} airs on ${day}.`,
    nextEpisode: (number, day) => `Episode ${number} airs on ${day}.`,
    nextInSeason: (season, number, day) => `Season ${season}, episode ${number} airs on ${day}.`,
    seasonBegins: (season, day) => `Season ${season} begins on ${day}.`,
  },

  digest: {
    subject: (titles, count) => `${titles} ${isOrAre(count)} ready`,
    others: (count) => `${count} ${count === 1 ? "other" : "others"}`,
    kicker: "Your daily mail",
    heading: (count) =>
      `${count === 1 ? "One title is" : `${inWords[count] ?? count} titles are`} ready to watch`,
    sentence: (called) => `This is new on the server since your last mail${called}.`,
    play: "Play",
    reason:
      "You get this once a day because you asked for these titles, were added to them or follow them.",
  },

  comingSoon: {
    kicker: (isMoved) => (isMoved ? "The date moved" : "Not out yet"),
    movieComes: (inFourK, isMoved, day) => `${inFourK}${now(isMoved)} comes on ${day}`,
    showBegins: (inFourK, isMoved, day) => `${inFourK}${now(isMoved)} begins on ${day}`,
    seasonBegins: (season, inFourK, isMoved, day) =>
      `: season ${season}${inFourK}${now(isMoved)} begins on ${day}`,
    specialsBegin: (inFourK, isMoved, day) =>
      `: the specials${inFourK}${now(isMoved)} begin on ${day}`,
    release: {
      digital: "Digital release",
      physical: "Release on disc",
      cinema: "In cinemas",
      air: "First episode",
    },
    firstOfSeason: (season) => `First episode of season ${season}`,
    firstOfSpecials: "First of the specials",
    isIn: (called) =>
      `Your request is in${called}. You get one mail when it is ready to watch, and one if the date moves.`,
    moved: (from, to, called) =>
      `The date moved from ${from} to ${to}${called}. You get one mail when it is ready to watch.`,
    inCinemasSince: (day) => `in cinemas since ${day}`,
    preheader: {
      show: "Your request is in. Nothing of it has aired yet.",
      beforeCinema: "Your request is in. The film is not out yet.",
      beforeHome: "Your request is in. The film is not out for home viewing yet.",
    },
    addToCalendar: "Add to my calendar",
  },

  qualityWaiting: {
    kicker: { missing: "Still looking", cutoff: "A better copy is on its way" },
    subject: {
      missing: (inFourK) => `: still looking for a good copy${inFourK}`,
      cutoff: (inFourK) => `: waiting for a better copy${inFourK}`,
    },
    preheader: {
      missing: "It is out, but not yet in the quality we keep. Nothing for you to do.",
      cutoff: "It is here, but not yet in the quality we keep. Nothing for you to do.",
    },
    movie: {
      missing: (called, quality) =>
        `The film is out${called}, but nobody offers it ${inQuality(quality)} yet. We keep looking. Nothing for you to do.`,
      cutoff: (called, quality) =>
        `A first copy is here${called}, but not ${inQuality(quality)} yet. We wait for a better one. Nothing for you to do.`,
    },
    episodes: {
      missing: (episodes, count, called, quality) =>
        `${episodes} ${isOrAre(count)} out${called}, but nobody offers ${itOrThem(count)} ${inQuality(quality)} yet. We keep looking. Nothing for you to do.`,
      cutoff: (episodes, count, called, quality) =>
        `${episodes} ${isOrAre(count)} here${called}, but not ${inQuality(quality)} yet. We wait for a better copy. Nothing for you to do.`,
    },
    steps: {
      asked: "Asked for",
      under: {
        missing: (quality) => `Looking for ${quality ?? "a good copy"}`,
        cutoff: (quality) => `Waiting for ${quality ?? "a good copy"}`,
      },
      since: (day) => `since ${day}`,
      ready: "Ready to watch, and you get a mail",
    },
    atMost: "We write about it at most once a week.",
  },

  issues: {
    receivedSubject: (problem) => `: your report${about(problem)} has arrived`,
    receivedKicker: "Report received",
    received: (problem, called) => `Your report${about(problem)} has arrived${called}.`,
    next: {
      searching:
        "Another version is being looked for. You get a mail when it is there; until then the one you know stays.",
      admin:
        "Whoever looks after the server has been told. You get a mail when another version is there.",
    },
    resolvedSubject: " has a new version",
    resolvedKicker: "Issue resolved",
    resolved: (called) => `Another version is on the server${called}.`,
    ifNoBetter: "If it is no better, open your report again in Seerr.",
    youWrote: "You wrote",
    reported: "Reported",
    qualityNow: "Quality now",
    problem: {
      video: capital(withProblem("video")),
      audio: capital(withProblem("audio")),
      subtitles: capital(withProblem("subtitles")),
      other: capital(withProblem("other")),
    },
    reason: (problem, day) =>
      `You get this because you reported ${withProblem(problem)} on ${day}.`,
  },

  maintenance: {
    kicker: {
      announced: "Maintenance planned",
      moved: "Maintenance changed",
      reminder: "Maintenance soon",
      done: "Maintenance done",
      cancelled: "Maintenance cancelled",
    },
    subject: {
      announced: (server, at) => `${server}: maintenance on ${at}`,
      moved: (server, at) => `${server}: maintenance now on ${at}`,
      reminder: (server, at) => `${server}: maintenance begins at ${at}`,
      done: (server) => `${server} is back from maintenance`,
      cancelled: (server, at) => `${server}: no maintenance on ${at}`,
    },
    announced: (span) => `The server takes a break: ${span}.`,
    moved: (span) => `The break has other times than announced: ${span}.`,
    reminder: (from, to) => `The break begins at ${from} and lasts until ${to}.`,
    done: (at, isEarly) =>
      `The break is over since ${at}${isEarly ? ", earlier than planned" : ""}.`,
    cancelled: "The announced break does not take place. Everything goes on as usual.",
    meanwhile: {
      announced:
        "Plex may not answer meanwhile. Mails about new films and episodes leave afterwards.",
      reminder:
        "Plex may not answer meanwhile. Mails about new films and episodes leave afterwards.",
      done: "What arrived meanwhile follows in mails of its own.",
      cancelled: "Nothing for you to do.",
    },
    begins: "Begins",
    ends: "Ends",
    before: "Before",
    began: "Began",
    ended: "Ended",
    planned: "Planned",
    reason: "You get this because you watch from this server.",
  },

  personalLink: {
    page: {
      subject: (server) => `Your page at ${server}`,
      kicker: "Your page",
      heading: () => "Choose what you get, and when",
      sentence: (name) =>
        `${name === null ? "O" : `${name}, o`}n your page you choose which mails come, how soon, and when never. No password needed.`,
      button: "Choose what you get",
      secret: "The link is yours alone: whoever has it can change your mails.",
      reason: "You get this because a new link was asked for.",
    },
    follow: {
      subject: (title) => `Follow ${title}`,
      kicker: "One more step",
      heading: (title) => `Follow ${title}`,
      sentence: (name) =>
        `${name === null ? "Y" : `${name}, y`}ou asked to be told when it is ready to watch. Confirm it, and mails about it come to you.`,
      button: "Follow it",
      secret: "If you did not ask for it, do nothing: without this step nothing changes.",
      reason: "You get this because somebody gave your address on a follow page.",
    },
  },

  reason: {
    requested: (title, day) => `You get this because you asked for ${title}${on(day)}.`,
    attached: (title, by, day) =>
      `You get this because ${by === null ? "you were added" : `${by} added you`} to ${title}${on(day)}.`,
    following: (title) => `You get this because you follow ${title}.`,
  },

  posterOf: (title) => `Poster of ${title}`,
  playInPlex: "Play in Plex",
  playInApp: "Open in the Plex app on a phone",
  muteShow: "Mute this show",
  muteMovie: "Mute this film",
  preferences: "Choose what you get",
  calendar: "Calendar",
  unsubscribe: "Unsubscribe",
  sample: {
    subject: (subject) => `Sample: ${subject}`,
    note: "This is a sample. Nothing of it has happened.",
  },
};
