import type { IssueMailProps } from "../mail";
import type { Amount, MailPhrases } from "./phrases";

const plural = (count: number) => (count === 1 ? "" : "s");
const episode = ({ count, isSpecials }: Amount) =>
  `${isSpecials ? "especial" : "episodio"}${count === 1 ? "" : isSpecials ? "es" : "s"}`;
const isOrAre = (count: number) => (count === 1 ? "está" : "están");
const on = (day: string | null) => (day === null ? "" : ` el ${day}`);
const inQuality = (quality: string | null) => `en ${quality ?? "buena calidad"}`;
const now = (isMoved: boolean) => (isMoved ? " ahora" : "");

const spelled = ["Cero", "Un", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve"];
const inWords = [...spelled, "Diez", "Once", "Doce"];

/** "Tres episodios nuevos", "Un especial nuevo". */
const newOnes = (amount: Amount) =>
  `${inWords[amount.count] ?? amount.count} ${episode(amount)} nuevo${plural(amount.count)}`;

/** The problem after "aviso" and after "problema". */
const aboutWhat: Record<IssueMailProps["problem"], string> = {
  video: " sobre la imagen",
  audio: " sobre el sonido",
  subtitles: " sobre los subtítulos",
  other: "",
};
const withWhat: Record<IssueMailProps["problem"], string> = {
  video: " con la imagen",
  audio: " con el sonido",
  subtitles: " con los subtítulos",
  other: "",
};

const notForYou = "No tienes que hacer nada.";

/** Spanish, to people one says "tú" to. */
export const spanish: MailPhrases = {
  locale: "es-ES",
  day: ({ weekday, day, month, year }) =>
    `${weekday === null ? "" : `${weekday}, `}${day} de ${month}${year === null ? "" : ` de ${year}`}`,
  shortMonth: (month) => month.slice(0, 3),
  clock: (time, zone) => `${time} ${zone}`,
  moment: (day, clock) => `${day}, a las ${clock}`,
  span: (from, to) => `del ${from}, al ${to}`,
  hours: (count) => `${count} h`,
  minutes: (count) => `${count} min`,
  inFourK: " en 4K",

  episodes: {
    numbered: (amount, numbers) => `${episode(amount)} ${numbers}`,
    inSeason: (season, episodes) => `temporada ${season}, ${episodes}`,
    counted: (amount, season) =>
      `${amount.count} ${episode(amount)}${season === null ? "" : ` de la temporada ${season}`}`,
    countedFrom: (count, seasons, regular, withSpecials) =>
      `${count} episodios de ${regular === 1 ? "la temporada" : "las temporadas"} ${seasons}${withSpecials ? " y de los especiales" : ""}`,
    seasons: (seasons, regular, withSpecials) =>
      `temporada${plural(regular)} ${seasons}${withSpecials ? " y los especiales" : ""}`,
    season: (season) => `Temporada ${season}`,
    specials: "Especiales",
    allSeasons: "Todas las temporadas",
    noNameYet: "Aún sin título",
    andMore: (count) => `y ${count} más`,
  },

  available: {
    kicker: (isFourK) => `Ya se puede ver${isFourK ? spanish.inFourK : ""}`,
    episodesReady: (episodes, count, inFourK) =>
      `: ${episodes} ya disponible${plural(count)}${inFourK}`,
    movieReady: (inFourK) => ` ya se puede ver${inFourK}`,
    episodesOnServer: (amount, called) =>
      `${newOnes(amount)} ya ${isOrAre(amount.count)} en el servidor${called}.`,
    movieOnServer: (called) => `La película ya está en el servidor${called}.`,
    nextSpecial: (number, day) => `El especial ${number} se emite el ${day}.`,
    nextEpisode: (number, day) => `El episodio ${number} se emite el ${day}.`,
    nextInSeason: (season, number, day) =>
      `El episodio ${number} de la temporada ${season} se emite el ${day}.`,
    seasonBegins: (season, day) => `La temporada ${season} empieza el ${day}.`,
  },

  digest: {
    subject: (titles, count) => `${titles} ya ${count === 1 ? "se puede" : "se pueden"} ver`,
    others: (count) => `${count} más`,
    kicker: "Tu correo del día",
    heading: (count) =>
      `${inWords[count] ?? count} título${plural(count)} ya ${count === 1 ? "se puede" : "se pueden"} ver`,
    sentence: (called) => `Esto ha llegado al servidor desde tu último correo${called}.`,
    play: "Ver",
    reason:
      "Recibes este correo una vez al día porque pediste estos títulos, se te añadió a ellos o los sigues.",
  },

  comingSoon: {
    kicker: (isMoved) => (isMoved ? "Nueva fecha" : "Aún sin estrenar"),
    movieComes: (inFourK, isMoved, day) => `${inFourK} llega${now(isMoved)} el ${day}`,
    showBegins: (inFourK, isMoved, day) => `${inFourK} empieza${now(isMoved)} el ${day}`,
    seasonBegins: (season, inFourK, isMoved, day) =>
      `: la temporada ${season}${inFourK} empieza${now(isMoved)} el ${day}`,
    specialsBegin: (inFourK, isMoved, day) =>
      `: los especiales${inFourK} empiezan${now(isMoved)} el ${day}`,
    release: {
      digital: "Estreno digital",
      physical: "Estreno en disco",
      cinema: "En cines",
      air: "Primer episodio",
    },
    firstOfSeason: (season) => `Primer episodio de la temporada ${season}`,
    firstOfSpecials: "Primer especial",
    isIn: (called) =>
      `Tu petición está anotada${called}. Recibirás un correo cuando puedas verlo, y otro si cambia la fecha.`,
    moved: (from, to, called) =>
      `La fecha ha pasado del ${from} al ${to}${called}. Recibirás un correo cuando puedas verlo.`,
    inCinemasSince: (day) => `en cines desde el ${day}`,
    preheader: {
      show: "Tu petición está anotada. Aún no se ha emitido nada.",
      beforeCinema: "Tu petición está anotada. La película aún no se ha estrenado.",
      beforeHome: "Tu petición está anotada. La película aún no ha salido para verla en casa.",
    },
    addToCalendar: "Añadir a mi calendario",
  },

  qualityWaiting: {
    kicker: { missing: "Seguimos buscando", cutoff: "Llega una versión mejor" },
    subject: {
      missing: (inFourK) => `: aún no hay una buena versión${inFourK}`,
      cutoff: (inFourK) => `: esperamos una versión mejor${inFourK}`,
    },
    preheader: {
      missing: `Ya ha salido, pero aún no en la calidad que guardamos. ${notForYou}`,
      cutoff: `Ya está, pero aún no en la calidad que guardamos. ${notForYou}`,
    },
    movie: {
      missing: (called, quality) =>
        `La película ya ha salido${called}, pero aún nadie la ofrece ${inQuality(quality)}. Seguimos buscando. ${notForYou}`,
      cutoff: (called, quality) =>
        `Ya hay una primera versión${called}, pero aún no ${inQuality(quality)}. Esperamos una mejor. ${notForYou}`,
    },
    episodes: {
      missing: (episodes, count, called, quality) =>
        `${episodes}: ya ${count === 1 ? "se ha emitido" : "se han emitido"}${called}, pero aún nadie ${count === 1 ? "lo" : "los"} ofrece ${inQuality(quality)}. Seguimos buscando. ${notForYou}`,
      cutoff: (episodes, _count, called, quality) =>
        `${episodes}: ya hay una primera versión${called}, pero aún no ${inQuality(quality)}. Esperamos una mejor. ${notForYou}`,
    },
    steps: {
      asked: "Pedido",
      under: {
        missing: (quality) => `Buscando ${quality ?? "una buena versión"}`,
        cutoff: (quality) => `Esperando ${quality ?? "una buena versión"}`,
      },
      since: (day) => `desde el ${day}`,
      ready: "Listo para ver, y recibes un correo",
    },
    atMost: "Escribimos sobre esto como mucho una vez a la semana.",
  },

  issues: {
    receivedSubject: (problem) => `: tu aviso${aboutWhat[problem]} ha llegado`,
    receivedKicker: "Aviso recibido",
    received: (problem, called) => `Tu aviso${aboutWhat[problem]} ha llegado${called}.`,
    next: {
      searching:
        "Se está buscando otra versión. Recibirás un correo cuando esté; hasta entonces se queda la actual.",
      admin: "Quien cuida del servidor ya lo sabe. Recibirás un correo cuando haya otra versión.",
    },
    resolvedSubject: " tiene una versión nueva",
    resolvedKicker: "Problema resuelto",
    resolved: (called) => `Hay otra versión en el servidor${called}.`,
    ifNoBetter: "Si no es mejor, vuelve a abrir tu aviso en Seerr.",
    youWrote: "Escribiste",
    reported: "Avisado",
    qualityNow: "Calidad actual",
    problem: {
      video: `Problema${withWhat.video}`,
      audio: `Problema${withWhat.audio}`,
      subtitles: `Problema${withWhat.subtitles}`,
      other: "Problema",
    },
    reason: (problem, day) =>
      `Recibes este correo porque el ${day} avisaste de un problema${withWhat[problem]}.`,
  },

  maintenance: {
    kicker: {
      announced: "Mantenimiento previsto",
      moved: "Mantenimiento cambiado",
      reminder: "Mantenimiento en breve",
      done: "Mantenimiento terminado",
      cancelled: "Mantenimiento cancelado",
    },
    subject: {
      announced: (server, at) => `${server}: mantenimiento el ${at}`,
      moved: (server, at) => `${server}: mantenimiento ahora el ${at}`,
      reminder: (server, at) => `${server}: el mantenimiento empieza a las ${at}`,
      done: (server) => `${server} vuelve a estar en marcha`,
      cancelled: (server, at) => `${server}: no hay mantenimiento el ${at}`,
    },
    announced: (span) => `El servidor hace una pausa: ${span}.`,
    moved: (span) => `La pausa cambia de hora: ${span}.`,
    reminder: (from, to) => `La pausa empieza a las ${from} y dura hasta las ${to}.`,
    done: (at, isEarly) =>
      `La pausa ha terminado a las ${at}${isEarly ? ", antes de lo previsto" : ""}.`,
    cancelled: "La pausa anunciada no tiene lugar. Todo sigue como siempre.",
    meanwhile: {
      announced:
        "Puede que Plex no responda mientras tanto. Los correos sobre novedades salen después.",
      reminder:
        "Puede que Plex no responda mientras tanto. Los correos sobre novedades salen después.",
      done: "Lo que llegó mientras tanto va en otros correos.",
      cancelled: notForYou,
    },
    begins: "Empieza",
    ends: "Termina",
    before: "Antes",
    began: "Empezó",
    ended: "Terminó",
    planned: "Estaba previsto",
    reason: "Recibes este correo porque ves películas y series en este servidor.",
  },

  personalLink: {
    page: {
      subject: (server) => `Tu página en ${server}`,
      kicker: "Tu página",
      heading: () => "Elige qué recibes y cuándo",
      sentence: (name) =>
        `${name === null ? "E" : `${name}, e`}n tu página eliges qué correos llegan, con qué rapidez y cuándo nunca. No hace falta contraseña.`,
      button: "Elegir qué recibo",
      secret: "El enlace es solo tuyo: quien lo tenga puede cambiar tus correos.",
      reason: "Recibes este correo porque se pidió un enlace nuevo.",
    },
    follow: {
      subject: (title) => `Seguir ${title}`,
      kicker: "Un paso más",
      heading: (title) => `Seguir ${title}`,
      sentence: (name) =>
        `${name === null ? "P" : `${name}, p`}ediste saber cuándo puedes verlo. Confírmalo y recibirás los correos sobre ello.`,
      button: "Seguir",
      secret: "Si no fuiste tú, no hagas nada: sin este paso no cambia nada.",
      reason: "Recibes este correo porque alguien dio tu dirección en una página para seguir.",
    },
  },

  reason: {
    requested: (title, day) => `Recibes este correo porque pediste ${title}${on(day)}.`,
    attached: (title, by, day) =>
      by === null
        ? `Recibes este correo porque se te añadió a ${title}${on(day)}.`
        : `Recibes este correo porque ${by} te añadió a ${title}${on(day)}.`,
    following: (title) => `Recibes este correo porque sigues ${title}.`,
  },

  posterOf: (title) => `Cartel de ${title}`,
  playInPlex: "Ver en Plex",
  playInApp: "Abrir en la aplicación de Plex del móvil",
  muteShow: "Silenciar esta serie",
  muteMovie: "Silenciar esta película",
  preferences: "Elegir qué recibo",
  calendar: "Calendario",
  unsubscribe: "Darse de baja",
  sample: {
    subject: (subject) => `Muestra: ${subject}`,
    note: "Esto es una muestra. Nada de ello ha ocurrido.",
  },
};
