import type { IssueMailProps } from "../mail";
import type { Amount, MailPhrases } from "./phrases";

const episode = ({ count, isSpecials }: Amount) => {
  if (isSpecials) return count === 1 ? "épisode spécial" : "épisodes spéciaux";
  return count === 1 ? "épisode" : "épisodes";
};
const plural = (count: number) => (count === 1 ? "" : "s");
const isOrAre = (count: number) => (count === 1 ? "est" : "sont");
const on = (day: string | null) => (day === null ? "" : ` le ${day}`);
const inQuality = (quality: string | null) => `en ${quality ?? "bonne qualité"}`;
const now = (isMoved: boolean) => (isMoved ? " désormais" : "");

const spelled = ["Zéro", "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf"];
const inWords = [...spelled, "Dix", "Onze", "Douze"];

/** "Trois nouveaux épisodes", "Un nouvel épisode spécial". */
const newOnes = (amount: Amount) =>
  `${inWords[amount.count] ?? amount.count} ${amount.count === 1 ? "nouvel" : "nouveaux"} ${episode(amount)}`;

const shortMonths: Record<string, string> = {
  janvier: "janv",
  février: "févr",
  avril: "avr",
  juillet: "juil",
  septembre: "sept",
  octobre: "oct",
  novembre: "nov",
  décembre: "déc",
};

/** The problem after "signalement" and after "problème". */
const aboutWhat: Record<IssueMailProps["problem"], string> = {
  video: " sur l’image",
  audio: " sur le son",
  subtitles: " sur les sous-titres",
  other: "",
};
const ofWhat: Record<IssueMailProps["problem"], string> = {
  video: " d’image",
  audio: " de son",
  subtitles: " de sous-titres",
  other: "",
};

const notForYou = "Tu n’as rien à faire.";

/** French, to people one says "tu" to. */
export const french: MailPhrases = {
  locale: "fr-FR",
  day: ({ weekday, day, month, year }) =>
    [weekday, day === "1" ? "1er" : day, month, year].filter(Boolean).join(" "),
  shortMonth: (month) => shortMonths[month] ?? month,
  clock: (time, zone) => `${time} ${zone}`,
  moment: (day, clock) => `${day} à ${clock}`,
  span: (from, to) => `du ${from} au ${to}`,
  hours: (count) => `${count} h`,
  minutes: (count) => `${count} min`,
  inFourK: " en 4K",

  episodes: {
    numbered: (amount, numbers) => `${episode(amount)} ${numbers}`,
    inSeason: (season, episodes) => `saison ${season}, ${episodes}`,
    counted: (amount, season) =>
      `${amount.count} ${episode(amount)}${season === null ? "" : ` de la saison ${season}`}`,
    countedFrom: (count, seasons, regular, withSpecials) =>
      `${count} épisodes ${regular === 1 ? "de la saison" : "des saisons"} ${seasons}${withSpecials ? " et des spéciaux" : ""}`,
    seasons: (seasons, regular, withSpecials) =>
      `saison${plural(regular)} ${seasons}${withSpecials ? " et épisodes spéciaux" : ""}`,
    season: (season) => `Saison ${season}`,
    specials: "Épisodes spéciaux",
    allSeasons: "Toutes les saisons",
    noNameYet: "Pas encore de titre",
    andMore: (count) => `et ${count} de plus`,
  },

  available: {
    kicker: (isFourK) => `Disponible${isFourK ? french.inFourK : ""}`,
    episodesReady: (episodes, count, inFourK) =>
      ` : ${episodes} disponible${plural(count)}${inFourK}`,
    movieReady: (inFourK) => ` est disponible${inFourK}`,
    episodesOnServer: (amount, called) =>
      `${newOnes(amount)} ${isOrAre(amount.count)} sur le serveur${called}.`,
    movieOnServer: (called) => `Le film est sur le serveur${called}.`,
    nextSpecial: (number, day) => `L’épisode spécial ${number} sera diffusé le ${day}.`,
    nextEpisode: (number, day) => `L’épisode ${number} sera diffusé le ${day}.`,
    nextInSeason: (season, number, day) =>
      `L’épisode ${number} de la saison ${season} sera diffusé le ${day}.`,
    seasonBegins: (season, day) => `La saison ${season} commence le ${day}.`,
  },

  digest: {
    subject: (titles, count) => `${titles} ${isOrAre(count)} disponible${plural(count)}`,
    others: (count) => `${count} autre${plural(count)}`,
    kicker: "Ton mail du jour",
    heading: (count) =>
      `${inWords[count] ?? count} titre${plural(count)} ${count === 1 ? "est disponible" : "sont disponibles"}`,
    sentence: (called) =>
      `Voici ce qui est arrivé sur le serveur depuis ton dernier mail${called}.`,
    play: "Regarder",
    reason:
      "Tu reçois ce mail une fois par jour parce que tu as demandé ces titres, que ton nom y a été ajouté ou que tu les suis.",
  },

  comingSoon: {
    kicker: (isMoved) => (isMoved ? "Nouvelle date" : "Pas encore sorti"),
    movieComes: (inFourK, isMoved, day) => `${inFourK} sort${now(isMoved)} le ${day}`,
    showBegins: (inFourK, isMoved, day) => `${inFourK} commence${now(isMoved)} le ${day}`,
    seasonBegins: (season, inFourK, isMoved, day) =>
      ` : la saison ${season}${inFourK} commence${now(isMoved)} le ${day}`,
    specialsBegin: (inFourK, isMoved, day) =>
      ` : les épisodes spéciaux${inFourK} commencent${now(isMoved)} le ${day}`,
    release: {
      digital: "Sortie numérique",
      physical: "Sortie en disque",
      cinema: "Au cinéma",
      air: "Premier épisode",
    },
    firstOfSeason: (season) => `Premier épisode de la saison ${season}`,
    firstOfSpecials: "Premier épisode spécial",
    isIn: (called) =>
      `Ta demande est enregistrée${called}. Tu recevras un mail dès que tu pourras le regarder, et un autre si la date change.`,
    moved: (from, to, called) =>
      `La date est passée du ${from} au ${to}${called}. Tu recevras un mail dès que tu pourras le regarder.`,
    inCinemasSince: (day) => `au cinéma depuis le ${day}`,
    preheader: {
      show: "Ta demande est enregistrée. Rien n’a encore été diffusé.",
      beforeCinema: "Ta demande est enregistrée. Le film n’est pas encore sorti.",
      beforeHome: "Ta demande est enregistrée. Le film n’est pas encore sorti pour la maison.",
    },
    addToCalendar: "Ajouter à mon calendrier",
  },

  qualityWaiting: {
    kicker: { missing: "Toujours en recherche", cutoff: "Une meilleure version arrive" },
    subject: {
      missing: (inFourK) => ` : pas encore de bonne version${inFourK}`,
      cutoff: (inFourK) => ` : une meilleure version${inFourK} est attendue`,
    },
    preheader: {
      missing: `C’est sorti, mais pas encore dans la qualité que nous gardons. ${notForYou}`,
      cutoff: `C’est là, mais pas encore dans la qualité que nous gardons. ${notForYou}`,
    },
    movie: {
      missing: (called, quality) =>
        `Le film est sorti${called}, mais personne ne le propose encore ${inQuality(quality)}. Nous continuons à chercher. ${notForYou}`,
      cutoff: (called, quality) =>
        `Une première version est là${called}, mais pas encore ${inQuality(quality)}. Nous en attendons une meilleure. ${notForYou}`,
    },
    episodes: {
      missing: (episodes, count, called, quality) =>
        `${episodes} : déjà diffusé${plural(count)}${called}, mais personne ne ${count === 1 ? "le" : "les"} propose encore ${inQuality(quality)}. Nous continuons à chercher. ${notForYou}`,
      cutoff: (episodes, _count, called, quality) =>
        `${episodes} : une première version est là${called}, mais pas encore ${inQuality(quality)}. Nous en attendons une meilleure. ${notForYou}`,
    },
    steps: {
      asked: "Demandé",
      under: {
        missing: (quality) => `Recherche : ${quality ?? "une bonne version"}`,
        cutoff: (quality) => `Attente : ${quality ?? "une bonne version"}`,
      },
      since: (day) => `depuis le ${day}`,
      ready: "Disponible, et tu reçois un mail",
    },
    atMost: "Nous n’écrivons à ce sujet qu’une fois par semaine au plus.",
  },

  issues: {
    receivedSubject: (problem) => ` : ton signalement${aboutWhat[problem]} est arrivé`,
    receivedKicker: "Signalement reçu",
    received: (problem, called) => `Ton signalement${aboutWhat[problem]} est arrivé${called}.`,
    next: {
      searching:
        "Une autre version est recherchée. Tu recevras un mail quand elle sera là ; d’ici là, l’actuelle reste.",
      admin:
        "La personne qui s’occupe du serveur est prévenue. Tu recevras un mail quand une autre version sera là.",
    },
    resolvedSubject: " a une nouvelle version",
    resolvedKicker: "Problème résolu",
    resolved: (called) => `Une autre version est sur le serveur${called}.`,
    ifNoBetter: "Si elle n’est pas meilleure, rouvre ton signalement dans Seerr.",
    youWrote: "Tu as écrit",
    reported: "Signalé",
    qualityNow: "Qualité actuelle",
    problem: {
      video: `Problème${ofWhat.video}`,
      audio: `Problème${ofWhat.audio}`,
      subtitles: `Problème${ofWhat.subtitles}`,
      other: "Problème",
    },
    reason: (problem, day) =>
      `Tu reçois ce mail parce que tu as signalé un problème${ofWhat[problem]} le ${day}.`,
  },

  maintenance: {
    kicker: {
      announced: "Maintenance prévue",
      moved: "Maintenance déplacée",
      reminder: "Maintenance imminente",
      done: "Maintenance terminée",
      cancelled: "Maintenance annulée",
    },
    subject: {
      announced: (server, at) => `${server} : maintenance le ${at}`,
      moved: (server, at) => `${server} : maintenance désormais le ${at}`,
      reminder: (server, at) => `${server} : la maintenance commence à ${at}`,
      done: (server) => `${server} est de retour`,
      cancelled: (server, at) => `${server} : pas de maintenance le ${at}`,
    },
    announced: (span) => `Le serveur fait une pause : ${span}.`,
    moved: (span) => `La pause n’a pas lieu au moment annoncé, mais : ${span}.`,
    reminder: (from, to) => `La pause commence à ${from} et dure jusqu’à ${to}.`,
    done: (at, isEarly) =>
      `La pause est finie depuis ${at}${isEarly ? ", plus tôt que prévu" : ""}.`,
    cancelled: "La pause annoncée n’a pas lieu. Tout continue comme d’habitude.",
    meanwhile: {
      announced:
        "Plex ne répondra peut-être pas pendant ce temps. Les mails sur les nouveautés partiront ensuite.",
      reminder:
        "Plex ne répondra peut-être pas pendant ce temps. Les mails sur les nouveautés partiront ensuite.",
      done: "Ce qui est arrivé entre-temps suit dans d’autres mails.",
      cancelled: notForYou,
    },
    begins: "Début",
    ends: "Fin",
    before: "Avant",
    began: "A commencé",
    ended: "S’est terminée",
    planned: "Était prévue",
    reason: "Tu reçois ce mail parce que tu regardes des films et des séries sur ce serveur.",
  },

  personalLink: {
    page: {
      subject: (server) => `Ta page chez ${server}`,
      kicker: "Ta page",
      heading: () => "Choisis ce que tu reçois, et quand",
      sentence: (name) =>
        `${name === null ? "S" : `${name}, s`}ur ta page, tu choisis quels mails viennent, à quel rythme, et quand jamais. Sans mot de passe.`,
      button: "Choisir ce que je reçois",
      secret: "Ce lien n’est qu’à toi : qui l’a peut changer tes mails.",
      reason: "Tu reçois ce mail parce qu’un nouveau lien a été demandé.",
    },
    follow: {
      subject: (title) => `Suivre ${title}`,
      kicker: "Encore une étape",
      heading: (title) => `Suivre ${title}`,
      sentence: (name) =>
        `${name === null ? "T" : `${name}, t`}u as demandé à savoir quand tu pourras le regarder. Confirme, et tu recevras les mails à ce sujet.`,
      button: "Suivre",
      secret: "Si ce n’était pas toi, ne fais rien : sans cette étape, rien ne change.",
      reason: "Tu reçois ce mail parce que quelqu’un a donné ton adresse sur une page de suivi.",
    },
  },

  reason: {
    requested: (title, day) => `Tu reçois ce mail parce que tu as demandé ${title}${on(day)}.`,
    attached: (title, by, day) =>
      by === null
        ? `Tu reçois ce mail parce que ton nom a été ajouté à ${title}${on(day)}.`
        : `Tu reçois ce mail parce que ${by} a ajouté ton nom à ${title}${on(day)}.`,
    following: (title) => `Tu reçois ce mail parce que tu suis ${title}.`,
  },

  posterOf: (title) => `Affiche de ${title}`,
  playInPlex: "Regarder dans Plex",
  playInApp: "Ouvrir dans l’application Plex du téléphone",
  muteShow: "Mettre cette série en sourdine",
  muteMovie: "Mettre ce film en sourdine",
  preferences: "Choisir ce que je reçois",
  calendar: "Calendrier",
  unsubscribe: "Se désabonner",
  sample: {
    subject: (subject) => `Exemple : ${subject}`,
    note: "Ceci est un exemple. Rien de tout cela n’est arrivé.",
  },
};
