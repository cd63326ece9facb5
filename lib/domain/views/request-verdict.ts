import { listWords } from "./count-words";
import { comesOn, type Reader, whenPhrase } from "./moment-words";
import { firstName } from "./person";

export type VerdictFacts = {
  state: string;
  /** With "coming soon", when it comes. */
  stateUntil: Date | null;
  mediaType: "movie" | "tv";
  /** Names of people who were told of something. */
  toldNames: string[];
  /** Names of everybody attached. */
  names: string[];
  lastToldAt: Date | null;
  nextAirsAt: Date | null;
  told: number;
  total: number;
};

/** The one sentence of a request when nothing is pending; what waits has its own. */
export function settledVerdict(facts: VerdictFacts, reader: Reader): string {
  const told = toldSoFar(facts);
  const everybody = listWords(facts.names.map(firstName)) || "Nobody";
  switch (facts.state) {
    case "told": {
      const when = facts.lastToldAt ? `, ${whenPhrase(facts.lastToldAt, reader)}` : "";
      if (!told) return "Told. Nothing pending.";
      const rest =
        facts.mediaType === "tv" && facts.nextAirsAt
          ? ` The next episode airs ${whenPhrase(facts.nextAirsAt, reader).replace(/ at .*$/, "")}.`
          : "";
      return `${told}${when}.${rest}`;
    }
    case "known_before":
      return "It was there before BingeAlert, so nobody was mailed about it.";
    case "downloading":
      return `It is downloading. ${everybody} will be told when Plex plays it.`;
    case "coming_soon":
      return facts.stateUntil
        ? `It is not out yet: it comes ${comesOn(facts.stateUntil, reader)}. ${everybody} will be told when Plex plays it.`
        : `It is not out yet, and no date is known. ${everybody} will be told when Plex plays it.`;
    case "quality_waiting":
      return facts.mediaType === "tv" && told
        ? `${told}. The rest of what is out was not found in the wanted quality yet.`
        : `It is out, but not to be had in the wanted quality yet. ${everybody} will be told when Plex plays it.`;
    case "looking":
      return `Nothing has been imported yet. ${everybody} will be told when Plex plays it.`;
    case "waiting_approval":
      return "It waits for approval in Seerr.";
    case "declined":
      return "It was declined in Seerr. Nobody is told anything more.";
    case "deleted":
      return "It was deleted in Seerr. Nobody is told anything more.";
    case "failed":
      return "Seerr could not hand it to Sonarr or Radarr. It has to be looked at there.";
    case "mail_held":
      return "A mail about it is on hold and waits for you.";
    case "mail_unknown":
      return "A mail about it may or may not have arrived. You decide whether to send it again.";
    case "mail_failed":
      return "A mail about it was refused for good. The mail server's words are below.";
    case "plex_cannot_see":
      return "It was imported, but Plex does not show it. Nobody was misled; somebody has to look.";
    default:
      return "Nothing pending.";
  }
}

/** `Anna and Ben were told about 2 of 8 episodes`; null when nobody was told of anything. */
export function toldSoFar(facts: VerdictFacts): string | null {
  const [first, ...others] = facts.toldNames.map(firstName);
  if (!first) return null;
  const was = others.length > 0 ? "were" : "was";
  return `${listWords([first, ...others])} ${was} told about ${toldOf(facts)}`;
}

function toldOf({ mediaType, told, total }: VerdictFacts): string {
  if (mediaType === "movie") return "the movie";
  if (total <= told) return total === 1 ? "the episode" : `all ${total} episodes`;
  return `${told} of ${total} episodes`;
}

/** The single line of the now zone when nothing is waited for. */
export function idleLine(facts: VerdictFacts, reader: Reader): string {
  if (facts.nextAirsAt && facts.nextAirsAt > reader.now) {
    const when = whenPhrase(facts.nextAirsAt, reader).replace(/ at .*$/, "");
    return `Nothing pending. Next: an episode airs ${when}.`;
  }
  switch (facts.state) {
    case "coming_soon":
      return facts.stateUntil
        ? `Nothing to tell yet. Next: it comes ${comesOn(facts.stateUntil, reader)}.`
        : "Nothing to tell yet. Next: a release date.";
    case "quality_waiting":
      return "Nothing to tell yet. Next: a download in the wanted quality.";
    case "looking":
    case "downloading":
      return "Nothing to tell yet. Next: an import.";
    case "mail_held":
    case "mail_unknown":
    case "mail_failed":
    case "plex_cannot_see":
      return "Waits for you.";
    default:
      return "Nothing pending.";
  }
}
