import type { PageWords } from "./page-words";

export const german: PageWords = {
  who: (name, address) => `Hier geht es um die Mails an ${name}${address ? `, ${address}` : ""}.`,
  chooseInstead: "Stattdessen wählen, was du bekommst",

  preferences: {
    title: "Wähle, was du bekommst",
    appliesAtOnce: "Es gilt sofort, auch für das, was schon auf dich wartet.",
    unsubscribed: {
      title: "Du bekommst keine Mails mehr",
      words:
        "Nichts, was du dir gewünscht hast, wird dir gemeldet. War das ein Versehen, mach es rückgängig.",
      undo: "Rückgängig machen",
    },
    switchedOff:
      "Mails an dich sind im Moment vom Admin abgeschaltet. Was du hier wählst, bleibt gespeichert.",
    what: "Was du bekommst",
    choices: {
      episodes: {
        label: "Neue Folgen",
        help: "Wenn du Folgen ansehen kannst, die du dir gewünscht hast.",
      },
      movies: {
        label: "Filme",
        help: "Wenn du einen Film ansehen kannst, den du dir gewünscht hast.",
      },
      coming: {
        label: "Noch nicht erschienen",
        help: "Wenn dein Wunsch noch nicht erschienen ist, mit dem Termin.",
      },
      waiting: {
        label: "Noch auf der Suche",
        help: "Wenn es erschienen ist, aber noch nicht in guter Qualität zu haben.",
      },
      issues: {
        label: "Von dir gemeldete Probleme",
        help: "Wenn eine Meldung angekommen ist, und wenn das Problem behoben ist.",
      },
      maintenance: {
        label: "Wartung",
        help: "Wenn der Server eine Pause macht, und wenn er wieder da ist.",
      },
    },
    howSoon: "Wie schnell",
    frequencies: {
      every_episode: {
        label: "Sobald es da ist",
        help: "Folgen, die zusammen ankommen, stehen in einer Mail.",
      },
      season_complete: {
        label: "Wenn eine Staffel vollständig ist",
        help: "Eine Mail, wenn die letzte Folge da ist. Nach 14 Tagen ohne neue Folge erfährst du, was da ist. Filme kommen sofort.",
      },
      daily_digest: {
        label: "Einmal am Tag",
        help: "Alles, was seither dazugekommen ist, in einer Mail.",
      },
    },
    digestAt: "Um",
    quietHours: "Ruhezeit",
    quiet: {
      label: "Keine Mails in der Ruhezeit",
      help: "Was inzwischen dazukommt, folgt danach, in einer Mail für jeden Titel.",
    },
    from: "Von",
    until: "Bis",
    timeZone: "Zeitzone",
    language: "Sprache",
    theServers: (value) => `${value}, wie der Server`,
    save: "Speichern",
    following: {
      title: "Was du verfolgst",
      help: "Was du dir gewünscht hast oder wozu du hinzugefügt wurdest. Schalte stumm, worüber du keine Mails mehr willst.",
      more: (count) => `${count} weitere zeigen`,
    },
    how: {
      asked: "Du hast es dir gewünscht",
      admin: "Du wurdest hinzugefügt",
      link: "Du folgst dem Titel",
    },
    muted: "Stumm",
    mute: "Stummschalten",
    follow: "Folgen",
    calendar: {
      title: "Kalender",
      help: "Kommende Folgen von dem, was du verfolgst, in deinem eigenen Kalender. Er bleibt von selbst aktuell.",
      address: "Adresse deines Kalenders",
      copy: "Kopieren",
      copied: "Kopiert",
      open: "In einer Kalender-App öffnen",
    },
    links: {
      title: "Deine Links",
      help: "Wer die Adresse dieser Seite oder eine deiner Mails hat, kann ändern, was du bekommst. Ist sie in fremde Hände geraten, mach alle unbrauchbar.",
      revokeAll: "Alle meine Links widerrufen",
      revokeHelp:
        "Jeder Link in deinen bisherigen Mails hört auf zu funktionieren, dein Kalender auch. Neue kommen per Mail.",
      revoke: "Widerrufen und neue per Mail schicken",
      unsubscribe: "Alle Mails abbestellen",
    },
    done: {
      saved: "Gespeichert. Es gilt ab jetzt.",
      muted: "Stummgeschaltet. Darüber kommt keine Mail mehr.",
      followed: "Du folgst dem Titel wieder und erfährst, was ab jetzt dazukommt.",
      subscribed: "Du bekommst wieder Mails.",
    },
    nothingSaved: "Nichts wurde gespeichert.",
    refused: {
      quiet_without_ends: "Die Ruhezeit braucht einen Beginn und ein Ende.",
      quiet_without_length: "Die Ruhezeit beginnt und endet zur selben Zeit.",
      unknown_zone: "Diese Zeitzone gibt es nicht.",
      incomplete: "Das Formular kam nicht vollständig an.",
    },
  },

  revoked: {
    title: "Deine Links sind widerrufen",
    useless: "Jeder Link, den du hattest, ist jetzt unbrauchbar, auch der zu dieser Seite.",
    mailed: (address) => `Neue sind per Mail unterwegs${address ? ` an ${address}` : ""}.`,
    notMailed: "An dich geht im Moment keine Mail, bitte also den Admin um einen neuen Link.",
  },

  unsubscribe: {
    title: "Diese Mails abbestellen?",
    active:
      "Du bekommst eine Mail, wenn du etwas ansehen kannst, das du dir gewünscht hast. Abbestellen beendet alle auf einmal.",
    switchedOff:
      "Mails an dich sind im Moment vom Admin abgeschaltet. Mit dem Abbestellen kommt auch später keine.",
    button: "Abbestellen",
  },

  mute: {
    ask: (title) => `${title} stummschalten?`,
    asked: "Darüber bekommst du dann keine Mail mehr. Alle anderen Mails kommen wie bisher.",
    button: "Stummschalten",
    is: (title) => `Du hast ${title} stummgeschaltet`,
    muted:
      "Darüber bekommst du keine Mail. Folge dem Titel wieder, und du erfährst, was ab dann dazukommt.",
    undo: "Wieder folgen",
  },

  follow: {
    title: (title) => `${title} folgen`,
    help: "Du bekommst eine Mail, wenn du etwas Neues davon ansehen kannst.",
    address: "Deine Mailadresse",
    noAddress: "Das ist keine Mailadresse.",
    button: "Folgen",
    sent: {
      title: "Schau in deine Mails",
      words: (title) =>
        `Schickt dieser Server Mails an diese Adresse, ist eine unterwegs. Bestätige darin, dass du ${title} folgst.`,
      nothing: "Es kommt nichts? Es muss die Adresse sein, die du in Seerr hast.",
    },
    confirm: (title) => `${title} folgen?`,
    confirmHelp:
      "Du bekommst eine Mail, wenn du etwas Neues davon ansehen kannst. Was schon da ist, wird nicht gemeldet.",
  },

  open: {
    title: "Plex wird geöffnet",
    ifNothing: "Geschieht nichts, wähle, wie du es öffnest.",
    app: "Plex-App öffnen",
    browser: "Im Browser öffnen",
    gone: {
      title: "Plex hat es im Moment nicht",
      words:
        "Es wurde entfernt oder wird durch eine bessere Fassung ersetzt. Schau in Plex etwas später noch einmal nach.",
      button: "Plex öffnen",
    },
  },

  trouble: {
    stale: {
      title: "Dieser Link funktioniert nicht mehr",
      words:
        "Er wurde nicht vollständig kopiert oder widerrufen. Der Link am Ende deiner neuesten Mail funktioniert.",
    },
    ours: {
      title: "Das geht gerade nicht",
      words: "Nichts wurde geändert. Versuch es in ein paar Minuten noch einmal.",
    },
    tooOften: "Das wurde zu oft geöffnet. Versuch es in einer Minute noch einmal.",
  },

  feed: {
    name: (server, of) => `${server}: ${of === "episodes" ? "kommende Folgen" : "was kommt"}`,
    special: (number) => `Special ${number}`,
    episodeAirs: "Dann läuft die Folge. Du bekommst eine Mail, wenn du sie ansehen kannst.",
    release: { digital: "digital", physical: "auf Disc", cinema: "im Kino" },
  },
};
