import type {
  MailContent,
  MailEpisode,
  MailFrame,
  MailLinks,
  MailNextEpisode,
  MailPlayLink,
  MailPoster,
  MailReason,
} from "./mail";

/** What is known about an item a mail tells of. */
export type ToldItem = {
  kind: "movie" | "episode";
  title: string;
  year: number | null;
  isFourK: boolean;
  season: number | null;
  episode: number | null;
  episodeTitle: string | null;
  runtimeMinutes: number | null;
};

export type AvailableMailFacts = {
  frame: MailFrame;
  /** At least one; all movies or all episodes of one show. */
  items: readonly [ToldItem, ...ToldItem[]];
  overview: string | null;
  poster: MailPoster | null;
  play: MailPlayLink | null;
  reason: MailReason;
  links: MailLinks;
  next: MailNextEpisode | null;
};

/** Episodes as a mail lists them. */
export const mailEpisodes = (
  items: readonly Pick<ToldItem, "season" | "episode" | "episodeTitle" | "runtimeMinutes">[],
): MailEpisode[] =>
  items.map((item) => ({
    season: item.season ?? 0,
    episode: item.episode ?? 0,
    title: item.episodeTitle,
    minutes: item.runtimeMinutes,
  }));

/** The mail that tells what can be watched now. */
export function availableMail(facts: AvailableMailFacts): MailContent {
  const { frame, items, overview, next, ...rest } = facts;
  const [first] = items;
  const common = {
    ...frame,
    ...rest,
    title: first.title,
    year: first.year,
    isFourK: first.isFourK,
  };
  if (first.kind === "movie") {
    return {
      kind: "movie_available",
      props: { ...common, minutes: first.runtimeMinutes, overview },
    };
  }
  return {
    kind: "episodes_available",
    props: {
      ...common,
      next,
      episodes: mailEpisodes(items),
    },
  };
}
