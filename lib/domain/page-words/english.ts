import type { PageWords } from "./page-words";

export const english: PageWords = {
  who: (name, address) => `These are the mails to ${name}${address ? `, ${address}` : ""}.`,
  chooseInstead: "Choose what you get instead",

  preferences: {
    title: "Choose what you get",
    appliesAtOnce: "It applies at once, also to what waits for you already.",
    unsubscribed: {
      title: "You get no more mails",
      words: "Nothing you asked for is announced to you. If this was a mistake, undo it.",
      undo: "Undo",
    },
    switchedOff:
      "Mails to you are switched off by the admin at the moment. What you choose here is kept.",
    what: "What you get",
    choices: {
      episodes: {
        label: "New episodes",
        help: "When episodes you asked for are ready to watch.",
      },
      movies: { label: "Movies", help: "When a movie you asked for is ready to watch." },
      coming: {
        label: "Not out yet",
        help: "When something you asked for has no release yet, with the date.",
      },
      waiting: {
        label: "Still looking",
        help: "When it is out, but not to be had in good quality yet.",
      },
      issues: {
        label: "Problems you reported",
        help: "When a report arrived, and when it is repaired.",
      },
      maintenance: {
        label: "Maintenance",
        help: "When the server will be away, and when it is back.",
      },
    },
    howSoon: "How soon",
    frequencies: {
      every_episode: {
        label: "As soon as it is ready",
        help: "Episodes that arrive together come in one mail.",
      },
      season_complete: {
        label: "When a season is complete",
        help: "One mail when the last episode is there. After 14 days without a new episode you get what is there. Movies come at once.",
      },
      daily_digest: {
        label: "Once a day",
        help: "Everything that became ready since, in one mail.",
      },
    },
    digestAt: "At",
    quietHours: "Quiet hours",
    quiet: {
      label: "No mails in quiet hours",
      help: "What becomes ready meanwhile comes afterwards, in one mail for each title.",
    },
    from: "From",
    until: "Until",
    timeZone: "Time zone",
    language: "Language",
    theServers: (value) => `${value}, the server’s`,
    save: "Save",
    following: {
      title: "What you follow",
      help: "What you asked for or were added to. Mute what you want no more mails about.",
      more: (count) => `Show ${count} more`,
    },
    how: { asked: "You asked for it", admin: "You were added", link: "You follow it" },
    muted: "Muted",
    mute: "Mute",
    follow: "Follow",
    calendar: {
      title: "Calendar",
      help: "Upcoming episodes of what you follow, in your own calendar. It keeps itself up to date.",
      address: "Address of your calendar",
      copy: "Copy",
      copied: "Copied",
      open: "Open it in a calendar app",
    },
    links: {
      title: "Your links",
      help: "Whoever has this page’s address, or a mail of yours, can change what you get. If one fell into other hands, make them all useless.",
      revokeAll: "Revoke all my links",
      revokeHelp:
        "Every link in mails you have stops working, and so does your calendar. New ones come by mail.",
      revoke: "Revoke, and mail me new ones",
      unsubscribe: "Unsubscribe from all mails",
    },
    done: {
      saved: "Saved. It applies from now on.",
      muted: "Muted. No mail about it comes any more.",
      followed: "You follow it again. What comes from now on is told.",
      subscribed: "You get mails again.",
    },
    nothingSaved: "Nothing was saved.",
    refused: {
      quiet_without_ends: "Quiet hours need a beginning and an end.",
      quiet_without_length: "Quiet hours begin and end at the same time.",
      unknown_zone: "There is no such time zone.",
      incomplete: "The form was not sent in full.",
    },
  },

  revoked: {
    title: "Your links are revoked",
    useless: "Every link you had is useless now, this page’s as well.",
    mailed: (address) => `New ones are on their way by mail${address ? ` to ${address}` : ""}.`,
    notMailed: "No mail goes to you at the moment, so ask the admin for a new link.",
  },

  unsubscribe: {
    title: "Stop these mails?",
    active:
      "You get a mail when something you asked for is ready to watch. Unsubscribing ends all of them at once.",
    switchedOff:
      "Mails to you are switched off by the admin at the moment. Unsubscribing makes sure that none comes later.",
    button: "Unsubscribe",
  },

  mute: {
    ask: (title) => `Mute ${title}?`,
    asked: "No mail about it comes to you any more. Mails about everything else go on as before.",
    button: "Mute",
    is: (title) => `You muted ${title}`,
    muted:
      "No mail about it comes to you. Follow it again, and you are told what comes from then on.",
    undo: "Follow it again",
  },

  follow: {
    title: (title) => `Follow ${title}`,
    help: "You get a mail when something new of it is ready to watch.",
    address: "Your mail address",
    noAddress: "That is not a mail address.",
    button: "Follow",
    sent: {
      title: "Look into your mail",
      words: (title) =>
        `If this server sends mails to that address, one is on its way. Confirm in it that you follow ${title}.`,
      nothing: "Nothing comes? The address has to be the one you have in Seerr.",
    },
    confirm: (title) => `Follow ${title}?`,
    confirmHelp:
      "You get a mail when something new of it is ready to watch. What is there already is not told.",
  },

  open: {
    title: "Opening Plex",
    ifNothing: "If nothing happens, choose how to open it.",
    app: "Open the Plex app",
    browser: "Open it in the browser",
    gone: {
      title: "Plex does not have it at the moment",
      words:
        "It was removed, or is being replaced by a better copy. Look for it in Plex a little later.",
      button: "Open Plex",
    },
  },

  trouble: {
    stale: {
      title: "This link does not work any more",
      words:
        "It was not copied in full, or it was revoked. The link at the end of your newest mail works.",
    },
    ours: {
      title: "This does not work right now",
      words: "Nothing was changed. Try again in a few minutes.",
    },
    tooOften: "This was opened too often. Try again in a minute.",
  },

  feed: {
    name: (server, of) => `${server}: upcoming${of === "episodes" ? " episodes" : ""}`,
    special: (number) => `Special ${number}`,
    episodeAirs: "It airs then. You get a mail when it is ready to watch.",
    release: { digital: "digital release", physical: "disc release", cinema: "in cinemas" },
  },
};
