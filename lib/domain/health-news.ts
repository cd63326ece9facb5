import type { AdminEvent, AdminNews } from "./admin-news";
import type { CheckKind, HealthNews } from "./health";
import { sentence } from "./words";

/** What is told of a check: name as the admin knows it, where it is, what was found. */
export type CheckedThing = {
  kind: CheckKind;
  name: string;
  /** Without passwords; null for what has none. */
  address: string | null;
  words: string;
  remedy: string | null;
  /** Since when, in words. */
  since: string;
};

/** The news of a check for mail and alert channels. */
export function newsOfCheck(thing: CheckedThing, news: Exclude<HealthNews, null>): AdminNews {
  const { headline, subject } = heads(thing, news);
  const isBack = news === "recovered";
  const lines = isBack
    ? [backWords(thing.kind)]
    : [
        `${sentence(thing.words)}.`,
        ...(thing.remedy ? [`${thing.remedy}.`] : []),
        meanwhile(thing.kind),
      ];
  return {
    event: isBack ? "service_recovered" : troubleEvent(thing.kind),
    subject,
    headline,
    lines: lines.filter((line) => line !== ""),
    rows: [
      ...(thing.address ? [{ label: "Address", value: thing.address }] : []),
      { label: isBack ? "It was down" : "Since", value: thing.since },
    ],
    action: { path: "/system", label: "Open health" },
    // A mail about the mail server would wait for what it tells about.
    ...(thing.kind === "smtp" ? { notByMail: true } : {}),
  };
}

function troubleEvent(kind: CheckKind): AdminEvent {
  switch (kind) {
    case "queue":
      return "queue_not_draining";
    case "webhooks":
      return "webhook_silence";
    case "disk":
      return "disk_low";
    case "workers":
      return "worker_silent";
    default:
      return "service_down";
  }
}

function heads(
  { kind, name }: CheckedThing,
  news: Exclude<HealthNews, null>,
): { headline: string; subject: string } {
  const still = news === "still_down" ? "still " : "";
  const same = (words: string) => ({ headline: words, subject: words });
  switch (kind) {
    case "queue":
      return same(news === "recovered" ? "Jobs run again" : `Jobs and mails ${still}do not move`);
    case "webhooks":
      return same(
        news === "recovered"
          ? `Webhooks of ${name} arrive again`
          : `${name} ${still}sends no webhooks for its imports`,
      );
    case "disk":
      return same(
        news === "recovered"
          ? "The disk of the config folder has room again"
          : `The disk of the config folder is ${still}nearly full`,
      );
    case "workers":
      return same(news === "recovered" ? "Every worker is back" : `A worker is ${still}silent`);
    default:
      return news === "recovered"
        ? { headline: `${name} answers again`, subject: `${name} is back` }
        : { headline: `${name} does ${still}not work`, subject: `${name} is ${still}down` };
  }
}

function meanwhile(kind: CheckKind): string {
  switch (kind) {
    case "seerr":
      return "New requests and people are learned of when it is back.";
    case "sonarr":
    case "radarr":
      return "What it imports meanwhile is made up for when it is back.";
    case "plex":
      return "Mails about new items wait until Plex can be asked.";
    case "smtp":
      return "Mails wait and leave when it works again. None is lost.";
    case "webhooks":
      return "The regular check makes up for what is missed, but mails come late.";
    case "disk":
      return "When it is full, the database stops and mails with it.";
    case "queue":
    case "workers":
      return "Nothing is lost; it goes on when the queue moves.";
  }
}

function backWords(kind: CheckKind): string {
  switch (kind) {
    case "smtp":
      return "Mails that waited leave now.";
    case "plex":
      return "Mails that waited for Plex go on.";
    case "seerr":
    case "sonarr":
    case "radarr":
      return "What was missed meanwhile is made up for by the next regular check.";
    default:
      return "There is nothing to do.";
  }
}
