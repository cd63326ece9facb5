import type { PageWords } from "./page-words";

export const spanish: PageWords = {
  who: (name, address) => `Aquí se trata de los correos a ${name}${address ? `, ${address}` : ""}.`,
  chooseInstead: "Mejor elegir qué recibo",

  preferences: {
    title: "Elige qué recibes",
    appliesAtOnce: "Vale desde ya, también para lo que ya te espera.",
    unsubscribed: {
      title: "Ya no recibes correos",
      words: "Nada de lo que pediste se te anuncia. Si fue un error, deshazlo.",
      undo: "Deshacer",
    },
    switchedOff:
      "El administrador tiene desactivados los correos para ti. Lo que elijas aquí se guarda.",
    what: "Qué recibes",
    choices: {
      episodes: {
        label: "Episodios nuevos",
        help: "Cuando puedes ver episodios que pediste.",
      },
      movies: { label: "Películas", help: "Cuando puedes ver una película que pediste." },
      coming: {
        label: "Aún sin estrenar",
        help: "Cuando lo que pediste aún no ha salido, con la fecha.",
      },
      waiting: {
        label: "Seguimos buscando",
        help: "Cuando ya ha salido, pero no se encuentra en buena calidad.",
      },
      issues: {
        label: "Problemas que avisaste",
        help: "Cuando llega un aviso, y cuando el problema está resuelto.",
      },
      maintenance: {
        label: "Mantenimiento",
        help: "Cuando el servidor hace una pausa, y cuando vuelve.",
      },
    },
    howSoon: "Con qué rapidez",
    frequencies: {
      every_episode: {
        label: "En cuanto esté",
        help: "Los episodios que llegan juntos van en un solo correo.",
      },
      season_complete: {
        label: "Cuando una temporada esté completa",
        help: "Un correo cuando llega el último episodio. Tras 14 días sin episodios nuevos te enteras de lo que hay. Las películas se anuncian al momento.",
      },
      daily_digest: {
        label: "Una vez al día",
        help: "Todo lo que ha llegado desde entonces, en un solo correo.",
      },
    },
    digestAt: "A las",
    quietHours: "Horas de silencio",
    quiet: {
      label: "Sin correos en las horas de silencio",
      help: "Lo que llega mientras tanto viene después, en un correo por título.",
    },
    from: "Desde",
    until: "Hasta",
    timeZone: "Zona horaria",
    language: "Idioma",
    theServers: (value) => `${value}, como el servidor`,
    save: "Guardar",
    following: {
      title: "Lo que sigues",
      help: "Lo que pediste o a lo que se te añadió. Silencia aquello de lo que no quieras más correos.",
      more: (count) => `Mostrar ${count} más`,
    },
    how: { asked: "Lo pediste", admin: "Se te añadió", link: "Lo sigues" },
    muted: "Silenciado",
    mute: "Silenciar",
    follow: "Seguir",
    calendar: {
      title: "Calendario",
      help: "Los próximos episodios de lo que sigues, en tu propio calendario. Se mantiene al día solo.",
      address: "Dirección de tu calendario",
      copy: "Copiar",
      copied: "Copiado",
      open: "Abrir en una aplicación de calendario",
    },
    links: {
      title: "Tus enlaces",
      help: "Quien tenga la dirección de esta página, o un correo tuyo, puede cambiar qué recibes. Si cayó en otras manos, inutilízalos todos.",
      revokeAll: "Revocar todos mis enlaces",
      revokeHelp:
        "Todos los enlaces de tus correos dejan de funcionar, y tu calendario también. Los nuevos llegan por correo.",
      revoke: "Revocar y enviarme otros nuevos",
      unsubscribe: "Darse de baja de todos los correos",
    },
    done: {
      saved: "Guardado. Vale desde ahora.",
      muted: "Silenciado. Ya no llega ningún correo sobre ello.",
      followed: "Lo sigues de nuevo. Te enterarás de lo que llegue a partir de ahora.",
      subscribed: "Vuelves a recibir correos.",
    },
    nothingSaved: "No se ha guardado nada.",
    refused: {
      quiet_without_ends: "Las horas de silencio necesitan un principio y un final.",
      quiet_without_length: "Las horas de silencio empiezan y terminan a la misma hora.",
      unknown_zone: "Esa zona horaria no existe.",
      incomplete: "El formulario no llegó completo.",
    },
  },

  revoked: {
    title: "Tus enlaces están revocados",
    useless: "Todos los enlaces que tenías ya no sirven, tampoco el de esta página.",
    mailed: (address) => `Los nuevos van de camino por correo${address ? ` a ${address}` : ""}.`,
    notMailed:
      "Por ahora no sale ningún correo hacia ti, así que pide un enlace nuevo al administrador.",
  },

  unsubscribe: {
    title: "¿Dejar de recibir estos correos?",
    active:
      "Recibes un correo cuando puedes ver algo que pediste. Al darte de baja terminan todos a la vez.",
    switchedOff:
      "El administrador tiene desactivados los correos para ti. Al darte de baja tampoco llegará ninguno más adelante.",
    button: "Darse de baja",
  },

  mute: {
    ask: (title) => `¿Silenciar ${title}?`,
    asked: "Ya no recibirás correos sobre ello. Los demás siguen como hasta ahora.",
    button: "Silenciar",
    is: (title) => `Has silenciado ${title}`,
    muted:
      "No recibes correos sobre ello. Síguelo de nuevo y te enterarás de lo que llegue desde entonces.",
    undo: "Seguir de nuevo",
  },

  follow: {
    title: (title) => `Seguir ${title}`,
    help: "Recibes un correo cuando puedes ver algo nuevo.",
    address: "Tu dirección de correo",
    noAddress: "Eso no es una dirección de correo.",
    button: "Seguir",
    sent: {
      title: "Mira tu correo",
      words: (title) =>
        `Si este servidor envía correos a esa dirección, uno va de camino. Confirma en él que sigues ${title}.`,
      nothing: "¿No llega nada? Tiene que ser la dirección que tienes en Seerr.",
    },
    confirm: (title) => `¿Seguir ${title}?`,
    confirmHelp: "Recibes un correo cuando puedes ver algo nuevo. Lo que ya está no se anuncia.",
  },

  open: {
    title: "Abriendo Plex",
    ifNothing: "Si no pasa nada, elige cómo abrirlo.",
    app: "Abrir la aplicación de Plex",
    browser: "Abrir en el navegador",
    gone: {
      title: "Plex no lo tiene en este momento",
      words:
        "Se quitó, o una versión mejor lo está sustituyendo. Búscalo en Plex un poco más tarde.",
      button: "Abrir Plex",
    },
  },

  trouble: {
    stale: {
      title: "Este enlace ya no funciona",
      words:
        "No se copió entero o se revocó. El que está al final de tu correo más reciente funciona.",
    },
    ours: {
      title: "Ahora mismo no se puede",
      words: "No se ha cambiado nada. Inténtalo de nuevo en unos minutos.",
    },
    tooOften: "Se ha abierto demasiadas veces. Inténtalo de nuevo en un minuto.",
  },

  feed: {
    name: (server, of) => `${server}: ${of === "episodes" ? "próximos episodios" : "lo que viene"}`,
    special: (number) => `Especial ${number}`,
    episodeAirs: "Se emite a esa hora. Recibirás un correo cuando puedas verlo.",
    release: { digital: "estreno digital", physical: "estreno en disco", cinema: "en cines" },
  },
};
