import type { AdminNews } from "./admin-news";

/** What the admin reads about stuck downloads and repairs: one piece of news for all of a run. */

export type StuckItem = {
  /** What it is for, or the name of the release. */
  what: string;
  instanceName: string;
  /** What is the matter, as a sentence without its full stop. */
  words: string;
  /** In the instance's own words; null when it said nothing. */
  said: string | null;
  /** What becomes of it. */
  plan: string | null;
};

export type RepairedItem = { what: string; release: string; instanceName: string; reason: string };

/** More than this in one mail helps nobody. */
const mostRows = 25;

type Action = AdminNews["action"];

/** Downloads that are stuck, each named once until it changes. `items` holds at least one. */
export function stuckNews(items: readonly StuckItem[], action: Action): AdminNews {
  const [first] = items;
  const isOne = items.length === 1 && first !== undefined;
  return {
    event: "stuck_downloads",
    subject: isOne ? `Stuck: ${first.what}` : `${items.length} downloads are stuck`,
    headline: isOne ? "A download is stuck" : `${items.length} downloads are stuck`,
    lines: [
      isOne
        ? "It will not be mentioned again until something about it changes."
        : "None of them will be mentioned again until something about it changes.",
      ...more(items.length),
    ],
    rows: items.slice(0, mostRows).map((item) => ({ label: item.what, value: stuckWords(item) })),
    action,
  };
}

/** Releases that were replaced. `items` holds at least one. */
export function repairsNews(items: readonly RepairedItem[], action: Action): AdminNews {
  const [first] = items;
  const isOne = items.length === 1 && first !== undefined;
  return {
    event: "repairs_made",
    subject: isOne
      ? `Another release is searched: ${first.what}`
      : `Other releases are searched for ${items.length} downloads`,
    headline: isOne ? "A download was replaced" : `${items.length} downloads were replaced`,
    lines: [
      "The releases below could not be imported. They are taken away, put on the blocklist, and others are searched.",
      ...more(items.length),
    ],
    rows: items.slice(0, mostRows).map((item) => ({
      label: item.what,
      value: `${item.instanceName}: ${item.reason}. Release: ${item.release}`,
    })),
    action,
  };
}

/** "Sonarr: It is only a sample. It says “Sample”. Repairs are switched off." */
function stuckWords({ instanceName, words, said, plan }: StuckItem): string {
  const own = said !== null && !words.includes(said) ? [`It says “${said}”`] : [];
  return [`${instanceName}: ${words}`, ...own, ...(plan === null ? [] : [plan])]
    .map((part) => part.replace(/\.$/, ""))
    .join(". ");
}

function more(count: number): string[] {
  return count > mostRows ? [`The first ${mostRows} are listed.`] : [];
}
