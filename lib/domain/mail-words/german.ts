import type { IssueMailProps } from "../mail";
import type { Amount, MailPhrases } from "./phrases";

const episode = ({ count, isSpecials }: Amount) =>
  isSpecials ? `Special${count === 1 ? "" : "s"}` : `Folge${count === 1 ? "" : "n"}`;
const isOrAre = (count: number) => (count === 1 ? "ist" : "sind");
const on = (day: string | null) => (day === null ? "" : ` am ${day}`);
const inQuality = (quality: string | null) => `in ${quality ?? "guter Qualität"}`;
const now = (isMoved: boolean) => (isMoved ? " jetzt" : "");

const spelled = ["Null", "Eine", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun"];
const inWords = [...spelled, "Zehn", "Elf", "Zwölf"];

/** "Drei neue Folgen", "Ein neues Special". */
const newOnes = (amount: Amount) => {
  if (amount.count === 1) return amount.isSpecials ? "Ein neues Special" : "Eine neue Folge";
  return `${inWords[amount.count] ?? amount.count} neue ${episode(amount)}`;
};

/** The problem in the dative: "deine Meldung zum Ton", "ein Problem mit dem Ton". */
const toWhat: Record<IssueMailProps["problem"], string> = {
  video: " zum Bild",
  audio: " zum Ton",
  subtitles: " zu den Untertiteln",
  other: "",
};
const withWhat: Record<IssueMailProps["problem"], string> = {
  video: " mit dem Bild",
  audio: " mit dem Ton",
  subtitles: " mit den Untertiteln",
  other: "",
};

const notForYou = "Du musst nichts tun.";

/** German, to people one is on first-name terms with. */
export const german: MailPhrases = {
  locale: "de-DE",
  day: ({ weekday, day, month, year }) =>
    `${weekday === null ? "" : `${weekday}, `}${day}. ${month}${year === null ? "" : ` ${year}`}`,
  shortMonth: (month) => month.slice(0, 3),
  clock: (time, zone) => `${time} Uhr ${zone}`,
  moment: (day, clock) => `${day}, ${clock}`,
  span: (from, to) => `${from} bis ${to}`,
  hours: (count) => `${count} Std.`,
  minutes: (count) => `${count} Min.`,
  inFourK: " in 4K",

  episodes: {
    numbered: (amount, numbers) => `${episode(amount)} ${numbers}`,
    inSeason: (season, episodes) => `Staffel ${season}, ${episodes}`,
    counted: (amount, season) =>
      `${amount.count} ${episode(amount)}${season === null ? "" : ` aus Staffel ${season}`}`,
    countedFrom: (count, seasons, regular, withSpecials) =>
      `${count} Folgen aus ${regular === 1 ? "Staffel" : "den Staffeln"} ${seasons}${withSpecials ? " und den Specials" : ""}`,
    seasons: (seasons, regular, withSpecials) =>
      `Staffel${regular === 1 ? "" : "n"} ${seasons}${withSpecials ? " und die Specials" : ""}`,
    season: (season) => `Staffel ${season}`,
    specials: "Specials",
    allSeasons: "Alle Staffeln",
    noNameYet: "Noch ohne Titel",
    andMore: (count) => `und ${count} weitere`,
  },

  available: {
    kicker: (isFourK) => `Jetzt verfügbar${isFourK ? german.inFourK : ""}`,
    episodesReady: (episodes, count, inFourK) => `: ${episodes} ${isOrAre(count)}${inFourK} da`,
    movieReady: (inFourK) => ` ist${inFourK} da`,
    episodesOnServer: (amount, called) =>
      `${newOnes(amount)} ${isOrAre(amount.count)} auf dem Server${called}.`,
    movieOnServer: (called) => `Der Film ist auf dem Server${called}.`,
    nextSpecial: (number, day) => `Special ${number} läuft am ${day}.`,
    nextEpisode: (number, day) => `Folge ${number} läuft am ${day}.`,
    nextInSeason: (season, number, day) => `Staffel ${season}, Folge ${number} läuft am ${day}.`,
    seasonBegins: (season, day) => `Staffel ${season} beginnt am ${day}.`,
  },

  digest: {
    subject: (titles, count) => `${titles} ${isOrAre(count)} da`,
    others: (count) => `${count} ${count === 1 ? "weiterer Titel" : "weitere Titel"}`,
    kicker: "Deine Mail des Tages",
    heading: (count) =>
      `${count === 1 ? "Ein Titel ist" : `${inWords[count] ?? count} Titel sind`} jetzt verfügbar`,
    sentence: (called) => `Das ist seit deiner letzten Mail auf den Server gekommen${called}.`,
    play: "Ansehen",
    reason:
      "Du bekommst diese Mail einmal am Tag, weil du dir diese Titel gewünscht hast, zu ihnen hinzugefügt wurdest oder ihnen folgst.",
  },

  comingSoon: {
    kicker: (isMoved) => (isMoved ? "Neuer Termin" : "Noch nicht erschienen"),
    movieComes: (inFourK, isMoved, day) => `${inFourK} kommt${now(isMoved)} am ${day}`,
    showBegins: (inFourK, isMoved, day) => `${inFourK} beginnt${now(isMoved)} am ${day}`,
    seasonBegins: (season, inFourK, isMoved, day) =>
      `: Staffel ${season}${inFourK} beginnt${now(isMoved)} am ${day}`,
    specialsBegin: (inFourK, isMoved, day) =>
      `: die Specials${inFourK} beginnen${now(isMoved)} am ${day}`,
    release: {
      digital: "Digital erhältlich",
      physical: "Auf Disc erhältlich",
      cinema: "Im Kino",
      air: "Erste Folge",
    },
    firstOfSeason: (season) => `Erste Folge von Staffel ${season}`,
    firstOfSpecials: "Erstes Special",
    isIn: (called) =>
      `Dein Wunsch ist eingetragen${called}. Du bekommst eine Mail, wenn du es ansehen kannst, und eine, falls sich der Termin ändert.`,
    moved: (from, to, called) =>
      `Der Termin hat sich vom ${from} auf den ${to} verschoben${called}. Du bekommst eine Mail, wenn du es ansehen kannst.`,
    inCinemasSince: (day) => `im Kino seit ${day}`,
    preheader: {
      show: "Dein Wunsch ist eingetragen. Bisher lief noch nichts davon.",
      beforeCinema: "Dein Wunsch ist eingetragen. Der Film ist noch nicht erschienen.",
      beforeHome: "Dein Wunsch ist eingetragen. Für zu Hause ist der Film noch nicht erschienen.",
    },
    addToCalendar: "In meinen Kalender",
  },

  qualityWaiting: {
    kicker: { missing: "Noch auf der Suche", cutoff: "Eine bessere Fassung kommt noch" },
    subject: {
      missing: (inFourK) => `: noch keine gute Fassung${inFourK} gefunden`,
      cutoff: (inFourK) => `: wir warten auf eine bessere Fassung${inFourK}`,
    },
    preheader: {
      missing: `Erschienen, aber noch nicht in der Qualität, die wir behalten. ${notForYou}`,
      cutoff: `Schon da, aber noch nicht in der Qualität, die wir behalten. ${notForYou}`,
    },
    movie: {
      missing: (called, quality) =>
        `Der Film ist erschienen${called}, aber noch nirgends ${inQuality(quality)} zu haben. Wir suchen weiter. ${notForYou}`,
      cutoff: (called, quality) =>
        `Eine erste Fassung ist da${called}, aber noch nicht ${inQuality(quality)}. Wir warten auf eine bessere. ${notForYou}`,
    },
    episodes: {
      missing: (episodes, count, called, quality) =>
        `${episodes} ${isOrAre(count)} erschienen${called}, aber noch nirgends ${inQuality(quality)} zu haben. Wir suchen weiter. ${notForYou}`,
      cutoff: (episodes, count, called, quality) =>
        `${episodes} ${isOrAre(count)} da${called}, aber noch nicht ${inQuality(quality)}. Wir warten auf eine bessere Fassung. ${notForYou}`,
    },
    steps: {
      asked: "Gewünscht",
      under: {
        missing: (quality) => `Suche nach ${quality ?? "einer guten Fassung"}`,
        cutoff: (quality) => `Warten auf ${quality ?? "eine gute Fassung"}`,
      },
      since: (day) => `seit ${day}`,
      ready: "Verfügbar, und du bekommst eine Mail",
    },
    atMost: "Darüber schreiben wir höchstens einmal in der Woche.",
  },

  issues: {
    receivedSubject: (problem) => `: deine Meldung${toWhat[problem]} ist angekommen`,
    receivedKicker: "Meldung angekommen",
    received: (problem, called) => `Deine Meldung${toWhat[problem]} ist angekommen${called}.`,
    next: {
      searching:
        "Eine andere Fassung wird gesucht. Du bekommst eine Mail, wenn sie da ist; bis dahin bleibt die bisherige.",
      admin:
        "Wer sich um den Server kümmert, weiß Bescheid. Du bekommst eine Mail, wenn eine andere Fassung da ist.",
    },
    resolvedSubject: " hat eine neue Fassung",
    resolvedKicker: "Problem behoben",
    resolved: (called) => `Eine andere Fassung ist auf dem Server${called}.`,
    ifNoBetter: "Ist sie nicht besser, öffne deine Meldung in Seerr noch einmal.",
    youWrote: "Du schriebst",
    reported: "Gemeldet",
    qualityNow: "Qualität jetzt",
    problem: {
      video: `Problem${withWhat.video}`,
      audio: `Problem${withWhat.audio}`,
      subtitles: `Problem${withWhat.subtitles}`,
      other: "Problem",
    },
    reason: (problem, day) =>
      `Du bekommst diese Mail, weil du am ${day} ein Problem${withWhat[problem]} gemeldet hast.`,
  },

  maintenance: {
    kicker: {
      announced: "Wartung geplant",
      moved: "Wartung verschoben",
      reminder: "Gleich Wartung",
      done: "Wartung beendet",
      cancelled: "Wartung abgesagt",
    },
    subject: {
      announced: (server, at) => `${server}: Wartung am ${at}`,
      moved: (server, at) => `${server}: Wartung jetzt am ${at}`,
      reminder: (server, at) => `${server}: Wartung beginnt um ${at}`,
      done: (server) => `${server} ist wieder da`,
      cancelled: (server, at) => `${server}: keine Wartung am ${at}`,
    },
    announced: (span) => `Der Server macht eine Pause: ${span}.`,
    moved: (span) => `Die Pause ist zu einer anderen Zeit als angekündigt: ${span}.`,
    reminder: (from, to) => `Die Pause beginnt um ${from} und dauert bis ${to}.`,
    done: (at, isEarly) =>
      `Die Pause ist seit ${at} vorbei${isEarly ? ", früher als geplant" : ""}.`,
    cancelled: "Die angekündigte Pause fällt aus. Alles läuft weiter wie gewohnt.",
    meanwhile: {
      announced:
        "Plex antwortet währenddessen vielleicht nicht. Mails über neue Filme und Folgen kommen danach.",
      reminder:
        "Plex antwortet währenddessen vielleicht nicht. Mails über neue Filme und Folgen kommen danach.",
      done: "Was inzwischen dazugekommen ist, folgt in eigenen Mails.",
      cancelled: notForYou,
    },
    begins: "Beginn",
    ends: "Ende",
    before: "Vorher",
    began: "Begann",
    ended: "Endete",
    planned: "Geplant war",
    reason: "Du bekommst diese Mail, weil du auf diesem Server schaust.",
  },

  personalLink: {
    page: {
      subject: (server) => `Deine Seite bei ${server}`,
      kicker: "Deine Seite",
      heading: () => "Wähle, was du bekommst, und wann",
      sentence: (name) =>
        `${name === null ? "A" : `${name}, a`}uf deiner Seite wählst du, welche Mails kommen, wie schnell, und wann nicht. Ein Passwort brauchst du nicht.`,
      button: "Wählen, was du bekommst",
      secret: "Der Link gehört nur dir: Wer ihn hat, kann deine Mails ändern.",
      reason: "Du bekommst diese Mail, weil ein neuer Link angefordert wurde.",
    },
    follow: {
      subject: (title) => `${title} folgen`,
      kicker: "Noch ein Schritt",
      heading: (title) => `${title} folgen`,
      sentence: (name) =>
        `${name === null ? "D" : `${name}, d`}u möchtest erfahren, wann du es ansehen kannst. Bestätige es, und du bekommst Mails darüber.`,
      button: "Folgen",
      secret: "Warst du es nicht, tu nichts: Ohne diesen Schritt ändert sich nichts.",
      reason:
        "Du bekommst diese Mail, weil jemand deine Adresse auf einer Seite zum Folgen angegeben hat.",
    },
  },

  reason: {
    requested: (title, day) =>
      `Du bekommst diese Mail, weil du dir ${title}${on(day)} gewünscht hast.`,
    attached: (title, by, day) =>
      by === null
        ? `Du bekommst diese Mail, weil du${on(day)} zu ${title} hinzugefügt wurdest.`
        : `Du bekommst diese Mail, weil ${by} dich${on(day)} zu ${title} hinzugefügt hat.`,
    following: (title) => `Du bekommst diese Mail, weil du ${title} folgst.`,
  },

  posterOf: (title) => `Plakat von ${title}`,
  playInPlex: "In Plex ansehen",
  playInApp: "In der Plex-App auf dem Handy öffnen",
  muteShow: "Diese Serie stummschalten",
  muteMovie: "Diesen Film stummschalten",
  preferences: "Wählen, was du bekommst",
  calendar: "Kalender",
  unsubscribe: "Abbestellen",
  sample: {
    subject: (subject) => `Beispiel: ${subject}`,
    note: "Das ist ein Beispiel. Nichts davon ist geschehen.",
  },
};
