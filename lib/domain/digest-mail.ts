import { availableMail, mailEpisodes, type ToldItem } from "./available-mail";
import {
  type DigestTitle,
  type MailContent,
  type MailFrame,
  type MailLinks,
  type MailPlayLink,
  noMailLinks,
} from "./mail";

/** The one mail a day of those who want it so: everything that became ready, title by title. */

export const digestKind = "daily_digest";

/**
 * How long a daily mail waits after its first title for others of the same hour: each title is looked up in Plex on its
 * own, and two minutes are ample for that.
 */
export const gatherMs = 2 * 60_000;

/** What is told of one title. */
export type ToldTitle = {
  items: readonly [ToldItem, ...ToldItem[]];
  play: MailPlayLink | null;
};

/** The mail that tells of several titles at once, in the order of their names. */
export function digestMail(facts: {
  frame: MailFrame;
  titles: readonly ToldTitle[];
  links: MailLinks;
}): Extract<MailContent, { kind: "daily_digest" }> {
  const titles = facts.titles.map(digestTitle).sort((a, b) => a.title.localeCompare(b.title));
  return { kind: digestKind, props: { ...facts.frame, titles, links: facts.links } };
}

function digestTitle({ items, play }: ToldTitle): DigestTitle {
  const [first] = items;
  const { title, year, isFourK } = first;
  return {
    title,
    year,
    isFourK,
    play,
    what:
      first.kind === "movie"
        ? { kind: "movie", minutes: first.runtimeMinutes }
        : { kind: "episodes", episodes: mailEpisodes(items) },
  };
}

/** Items by the title they belong to, as long as there are any. */
export function byTitle<Item extends { groupKey: string }>(
  items: readonly Item[],
): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(item.groupKey);
    if (group) group.push(item);
    else groups.set(item.groupKey, [item]);
  }
  return [...groups.values()];
}

type Title = readonly [ToldItem, ...ToldItem[]];

/** The mail about these titles before its links are known, for its subject: about the one, or the daily mail. */
export function plannedMail(frame: MailFrame, titles: readonly [Title, ...Title[]]): MailContent {
  const [only, ...others] = titles;
  if (others.length > 0) {
    return digestMail({
      frame,
      titles: titles.map((items) => ({ items, play: null })),
      links: noMailLinks,
    });
  }
  return availableMail({
    frame,
    items: only,
    overview: null,
    poster: null,
    play: null,
    reason: { kind: "following" },
    links: noMailLinks,
    next: null,
  });
}
