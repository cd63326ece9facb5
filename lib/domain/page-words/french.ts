import type { PageWords } from "./page-words";

export const french: PageWords = {
  who: (name, address) => `Il s’agit des mails à ${name}${address ? `, ${address}` : ""}.`,
  chooseInstead: "Choisir plutôt ce que je reçois",

  preferences: {
    title: "Choisis ce que tu reçois",
    appliesAtOnce: "C’est valable tout de suite, aussi pour ce qui t’attend déjà.",
    unsubscribed: {
      title: "Tu ne reçois plus de mails",
      words: "Rien de ce que tu as demandé ne t’est annoncé. Si c’était une erreur, annule.",
      undo: "Annuler",
    },
    switchedOff:
      "Les mails à ton adresse sont coupés par l’admin pour le moment. Ce que tu choisis ici est gardé.",
    what: "Ce que tu reçois",
    choices: {
      episodes: {
        label: "Nouveaux épisodes",
        help: "Quand tu peux regarder des épisodes que tu as demandés.",
      },
      movies: { label: "Films", help: "Quand tu peux regarder un film que tu as demandé." },
      coming: {
        label: "Pas encore sorti",
        help: "Quand ta demande n’est pas encore sortie, avec la date.",
      },
      waiting: {
        label: "Toujours en recherche",
        help: "Quand c’est sorti, mais introuvable en bonne qualité.",
      },
      issues: {
        label: "Problèmes que tu as signalés",
        help: "Quand un signalement est arrivé, et quand le problème est réglé.",
      },
      maintenance: {
        label: "Maintenance",
        help: "Quand le serveur fait une pause, et quand il est de retour.",
      },
    },
    howSoon: "À quel rythme",
    frequencies: {
      every_episode: {
        label: "Dès que c’est là",
        help: "Les épisodes arrivés ensemble viennent dans un seul mail.",
      },
      season_complete: {
        label: "Quand une saison est complète",
        help: "Un mail quand le dernier épisode est là. Après 14 jours sans nouvel épisode, tu apprends ce qui est là. Les films sont annoncés tout de suite.",
      },
      daily_digest: {
        label: "Une fois par jour",
        help: "Tout ce qui est arrivé depuis, dans un seul mail.",
      },
    },
    digestAt: "À",
    quietHours: "Heures calmes",
    quiet: {
      label: "Pas de mails pendant les heures calmes",
      help: "Ce qui arrive entre-temps vient ensuite, dans un mail par titre.",
    },
    from: "De",
    until: "À",
    timeZone: "Fuseau horaire",
    language: "Langue",
    theServers: (value) => `${value}, comme le serveur`,
    save: "Enregistrer",
    following: {
      title: "Ce que tu suis",
      help: "Ce que tu as demandé ou à quoi ton nom a été ajouté. Mets en sourdine ce dont tu ne veux plus de nouvelles.",
      more: (count) => `En montrer ${count} de plus`,
    },
    how: {
      asked: "Tu l’as demandé",
      admin: "Ton nom a été ajouté",
      link: "Tu le suis",
    },
    muted: "En sourdine",
    mute: "Sourdine",
    follow: "Suivre",
    calendar: {
      title: "Calendrier",
      help: "Les prochains épisodes de ce que tu suis, dans ton propre calendrier. Il se tient à jour tout seul.",
      address: "Adresse de ton calendrier",
      copy: "Copier",
      copied: "Copié",
      open: "Ouvrir dans une application de calendrier",
    },
    links: {
      title: "Tes liens",
      help: "Qui a l’adresse de cette page, ou un de tes mails, peut changer ce que tu reçois. Si elle est tombée en d’autres mains, rends-les tous inutilisables.",
      revokeAll: "Révoquer tous mes liens",
      revokeHelp:
        "Tous les liens de tes mails cessent de fonctionner, ton calendrier aussi. De nouveaux arrivent par mail.",
      revoke: "Révoquer et m’en envoyer de nouveaux",
      unsubscribe: "Se désabonner de tous les mails",
    },
    done: {
      saved: "Enregistré. C’est valable dès maintenant.",
      muted: "En sourdine. Plus aucun mail à ce sujet.",
      followed: "Tu le suis de nouveau. Tu apprendras ce qui arrive à partir de maintenant.",
      subscribed: "Tu reçois de nouveau des mails.",
    },
    nothingSaved: "Rien n’a été enregistré.",
    refused: {
      quiet_without_ends: "Les heures calmes ont besoin d’un début et d’une fin.",
      quiet_without_length: "Les heures calmes commencent et finissent au même moment.",
      unknown_zone: "Ce fuseau horaire n’existe pas.",
      incomplete: "Le formulaire n’est pas arrivé en entier.",
    },
  },

  revoked: {
    title: "Tes liens sont révoqués",
    useless: "Tous les liens que tu avais sont désormais inutilisables, celui de cette page aussi.",
    mailed: (address) => `De nouveaux sont en route par mail${address ? ` vers ${address}` : ""}.`,
    notMailed:
      "Aucun mail ne part vers toi pour le moment : demande donc un nouveau lien à l’admin.",
  },

  unsubscribe: {
    title: "Arrêter ces mails ?",
    active:
      "Tu reçois un mail quand tu peux regarder ce que tu as demandé. Te désabonner les arrête tous d’un coup.",
    switchedOff:
      "Les mails à ton adresse sont coupés par l’admin pour le moment. Te désabonner assure qu’aucun ne viendra plus tard.",
    button: "Se désabonner",
  },

  mute: {
    ask: (title) => `Mettre ${title} en sourdine ?`,
    asked: "Tu ne recevras plus de mails à ce sujet. Tous les autres continuent comme avant.",
    button: "Mettre en sourdine",
    is: (title) => `${title} est en sourdine`,
    muted:
      "Tu ne reçois aucun mail à ce sujet. Suis-le de nouveau, et tu apprendras ce qui arrive ensuite.",
    undo: "Suivre de nouveau",
  },

  follow: {
    title: (title) => `Suivre ${title}`,
    help: "Tu reçois un mail quand tu peux en regarder quelque chose de nouveau.",
    address: "Ton adresse mail",
    noAddress: "Ce n’est pas une adresse mail.",
    button: "Suivre",
    sent: {
      title: "Regarde tes mails",
      words: (title) =>
        `Si ce serveur envoie des mails à cette adresse, il y en a un en route. Confirmes-y que tu suis ${title}.`,
      nothing: "Rien ne vient ? Il faut l’adresse que tu as dans Seerr.",
    },
    confirm: (title) => `Suivre ${title} ?`,
    confirmHelp:
      "Tu reçois un mail quand tu peux en regarder quelque chose de nouveau. Ce qui est déjà là n’est pas annoncé.",
  },

  open: {
    title: "Ouverture de Plex",
    ifNothing: "S’il ne se passe rien, choisis comment l’ouvrir.",
    app: "Ouvrir l’application Plex",
    browser: "Ouvrir dans le navigateur",
    gone: {
      title: "Plex ne l’a pas pour le moment",
      words:
        "Il a été retiré, ou une meilleure version le remplace. Regarde dans Plex un peu plus tard.",
      button: "Ouvrir Plex",
    },
  },

  trouble: {
    stale: {
      title: "Ce lien ne fonctionne plus",
      words:
        "Il n’a pas été copié en entier, ou il a été révoqué. Celui à la fin de ton mail le plus récent fonctionne.",
    },
    ours: {
      title: "Cela ne marche pas pour le moment",
      words: "Rien n’a été changé. Réessaie dans quelques minutes.",
    },
    tooOften: "Cela a été ouvert trop souvent. Réessaie dans une minute.",
  },

  feed: {
    name: (server, of) => `${server} : ${of === "episodes" ? "prochains épisodes" : "à venir"}`,
    special: (number) => `Épisode spécial ${number}`,
    episodeAirs: "Il est diffusé à ce moment. Tu recevras un mail quand tu pourras le regarder.",
    release: { digital: "sortie numérique", physical: "sortie en disque", cinema: "au cinéma" },
  },
};
