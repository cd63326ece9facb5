import type { DailyDigestProps, DigestTitle } from "../mail";
import { clampLine, isolate } from "../mail-characters";
import { seasonRuns } from "../mail-episodes";
import type { EpisodeWords } from "./episodes";
import type { MailPhrases } from "./phrases";
import { calledBy, capital, dotted, type MailTools, preheaderLimit } from "./tools";

/** A subject names so many titles, each so long, that it stays under its 120 characters. */
const namedTitles = 3;
const namedLength = 30;

const named = ({ title }: DigestTitle) => isolate(clampLine(title, namedLength));

/** The words of the daily mail. */
export function digestWords(
  { digest: says }: MailPhrases,
  tools: MailTools,
  episodes: EpisodeWords,
) {
  /** "2024 · Season 3, episodes 3–5", "2026 · 1 h 54 min · 4K". */
  function detail({ year, isFourK, what }: DigestTitle): string {
    const which =
      what.kind === "movie"
        ? tools.length(what.minutes)
        : capital(episodes.inDetail(seasonRuns(what.episodes)));
    return dotted([year ? `${year}` : "", which, isFourK ? "4K" : ""]);
  }

  function subject({ titles }: DailyDigestProps): string {
    const shown = titles.slice(0, titles.length > namedTitles ? namedTitles - 1 : namedTitles);
    const others = titles.length - shown.length;
    const list = [...shown.map(named), ...(others > 0 ? [says.others(others)] : [])];
    return says.subject(tools.list(list), titles.length);
  }

  return {
    subject,
    preheader: ({ titles }: DailyDigestProps) =>
      clampLine(
        titles.map((title) => `${named(title)}: ${detail(title)}`).join(". "),
        preheaderLimit,
      ),
    kicker: says.kicker,
    heading: ({ titles }: DailyDigestProps) => says.heading(titles.length),
    sentence: ({ reader }: DailyDigestProps) => says.sentence(calledBy(reader.name)),
    detail,
    play: says.play,
    reason: says.reason,
  };
}
