import { setTimeout as sleep } from "node:timers/promises";
import type { ReceivedMail } from "./received-mail";
import { people } from "./upstreams/catalogue";
import type { MediaStack } from "./upstreams/media-stack";
import type { PlexItem } from "./upstreams/plex-model";
import type { SeerrUser } from "./upstreams/seerr-model";

export type StoryOptions = {
  /** 2 plays twice as fast; the product's own delays stay what they are. */
  speed?: number;
  /** Told what happens, in plain words. */
  log?: (words: string) => void;
};

export type StoryOutcome = {
  /** What each expected mail was, in the order of arrival. */
  mails: string[];
  /** What was not as it should be; empty when all is well. */
  problems: string[];
};

type Cast = Record<keyof typeof people, SeerrUser>;
type ExpectedMail = {
  to: string;
  title: string;
  /** What the text must name: every episode. */
  names: string[];
  /** When Plex could play all of it. */
  playableAt: Date;
};

const mailPatienceMs = 40_000;
const quietMs = 8_000;

/**
 * Fills the services with what was there before BingeAlert came: people, and requests that are done, half done,
 * not released, not found. None of it may cause a mail. To be called before the product starts.
 */
export async function prepareStory(stack: MediaStack): Promise<Cast> {
  const { seerr, sonarr, radarr, plex, titles } = stack;
  const cast = Object.fromEntries(
    Object.entries(people).map(([key, person]) => [key, seerr.addUser(person)]),
  ) as Cast;
  const before = { autoApprove: true, silent: true } as const;

  await seerr.request({ user: cast.tove, title: titles.sableAndFinch, seasons: [4], ...before });
  plex.show(await sonarr.import(titles.sableAndFinch, 4, "all", { silent: true }));
  await seerr.markAvailable(titles.sableAndFinch, { seasons: [4], silent: true });

  await seerr.request({ user: cast.jonas, title: titles.kestrelDown, ...before });
  plex.show(await radarr.import(titles.kestrelDown, { silent: true }));
  await seerr.markAvailable(titles.kestrelDown, { silent: true });

  await seerr.request({ user: cast.anna, title: titles.ninthMeridian, ...before });
  const firstNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  plex.show(await sonarr.import(titles.ninthMeridian, 1, firstNine, { silent: true }));

  await seerr.request({ user: cast.luis, title: titles.quietOrbit, ...before });
  await seerr.request({ user: cast.ben, title: titles.copperValley, ...before });
  await seerr.request({ user: cast.hannah, title: titles.winterCabinet, seasons: [6], ...before });
  await seerr.request({ user: cast.priya, title: titles.midnightGrammar, silent: true });
  return cast;
}

/**
 * Plays the story: two shows and a movie are asked for, fetched and imported bit by bit, Plex sees them late, each
 * requester gets one mail. Then a better copy of an episode comes, which nobody is told about. At the end the
 * mailbox must hold exactly the expected mails.
 */
export async function playStory(
  stack: MediaStack,
  cast: Cast,
  options: StoryOptions = {},
): Promise<StoryOutcome> {
  const { seerr, sonarr, sonarrAnime, radarr, plex, titles, mailbox } = stack;
  const say = options.log ?? (() => {});
  const beat = (seconds: number) => sleep((seconds * 1000) / (options.speed ?? 1));
  const { tidewaterRoad, lastFerryNorth, paperLanternDistrict } = titles;
  const already = mailbox.messages.length;

  say("Anna asks for Tidewater Road, season 3. Jonas asks for the movie Last Ferry North.");
  const show = await seerr.request({ user: cast.anna, title: tidewaterRoad, seasons: [3] });
  const movie = await seerr.request({ user: cast.jonas, title: lastFerryNorth });
  await beat(1);
  say("The admin approves both. Mira asks for Paper Lantern District, season 2, approved at once.");
  await seerr.approve(show);
  await seerr.approve(movie);
  await seerr.request({
    user: cast.mira,
    title: paperLanternDistrict,
    seasons: [2],
    autoApprove: true,
  });

  await beat(2);
  say("Sonarr and Radarr find releases and hand them to the download client.");
  await sonarr.grab(tidewaterRoad, 3, [1, 2, 3], { release: "each" });
  await radarr.grab(lastFerryNorth);
  await sonarrAnime.grab(paperLanternDistrict, 2, [1, 2, 3, 4]);

  await beat(2);
  say("Sonarr imports episodes 1 and 2, Radarr the movie. Plex does not see them yet.");
  plex.show(await sonarr.import(tidewaterRoad, 3, [1, 2]), { afterMs: 5000 });
  const movieItems = plex.show(await radarr.import(lastFerryNorth), { afterMs: 7000 });

  await beat(3);
  say(
    "A little later: Tidewater Road, episode 3, and four episodes of Paper Lantern District in one pack.",
  );
  const showItems = plex.show(await sonarr.import(tidewaterRoad, 3, 3), { afterMs: 4000 });
  const pack = await sonarrAnime.import(paperLanternDistrict, 2, [1, 2, 3, 4]);
  const packItems = plex.show(pack, { afterMs: 5000 });
  const expected: ExpectedMail[] = [
    {
      to: people.anna.email,
      title: tidewaterRoad.title,
      names: ["The Breakwater", "Cold Harbour", "Two Lamps"],
      playableAt: lastVisible(showItems),
    },
    {
      to: people.jonas.email,
      title: lastFerryNorth.title,
      names: [],
      playableAt: lastVisible(movieItems),
    },
    {
      to: people.mira.email,
      title: paperLanternDistrict.title,
      names: ["Lamplighter", "Fuse Wire", "Quiet Rockets", "The Seventh Street"],
      playableAt: lastVisible(packItems),
    },
  ];

  say("Now BingeAlert waits until Plex can play them.");
  const mails = await collect(stack, already, expected, say);

  say("Sonarr replaces episode 1 with a better copy. Nobody needs a mail about that.");
  plex.show(await sonarr.import(tidewaterRoad, 3, 1, { quality: "Bluray-1080p", upgrade: true }));
  await sleep(quietMs);

  const problems = judge(mailbox.messages.slice(already), expected);
  problems.push(...failedWebhooks(stack));
  for (const request of stack.unexpected) problems.push(`A call nobody expected: ${request}`);
  return { mails, problems };
}

/** Says each mail as it arrives, until all expected ones are here or patience ends. */
async function collect(
  stack: MediaStack,
  already: number,
  expected: ExpectedMail[],
  say: (words: string) => void,
): Promise<string[]> {
  const lines: string[] = [];
  const until = Date.now() + mailPatienceMs;
  while (lines.length < expected.length && Date.now() < until) {
    for (const mail of stack.mailbox.messages.slice(already + lines.length)) {
      const line = `${mail.envelopeTo.join(", ")}: ${mail.subject}`;
      lines.push(line);
      say(`Mail for ${line}`);
    }
    await sleep(100);
  }
  return lines;
}

function judge(mails: ReceivedMail[], expected: ExpectedMail[]): string[] {
  const problems: string[] = [];
  for (const wanted of expected) {
    const { to, title } = wanted;
    const fitting = mails.filter(
      (m) => m.envelopeTo.includes(to) && `${m.subject} ${m.text}`.includes(title),
    );
    const [mail] = fitting;
    if (!mail || fitting.length > 1) {
      problems.push(`${to} should have one mail about ${title}; there are ${fitting.length}`);
      continue;
    }
    if (mail.at < wanted.playableAt)
      problems.push(`The mail about ${title} came before Plex could play it`);
    for (const name of wanted.names) {
      if (!mail.text.includes(name)) problems.push(`The mail about ${title} does not name ${name}`);
    }
  }
  if (mails.length !== expected.length) {
    const subjects = mails.map((m) => `${m.envelopeTo.join(", ")}: ${m.subject}`).join(" | ");
    problems.push(`${expected.length} mails were expected, ${mails.length} came: ${subjects}`);
  }
  return problems;
}

function lastVisible(items: readonly PlexItem[]): Date {
  return new Date(Math.max(...items.map((i) => i.visibleAt.getTime())));
}

/** Webhooks that BingeAlert did not take. */
function failedWebhooks(stack: MediaStack): string[] {
  const senders = [
    stack.seerr.webhook,
    ...stack.sonarrs.map((s) => s.webhooks),
    ...stack.radarrs.map((r) => r.webhooks),
  ];
  return senders.flatMap((sender) =>
    sender.deliveries.flatMap(({ event, url, outcome }) => {
      if (outcome.kind === "answered" && outcome.status < 300) return [];
      const what = outcome.kind === "answered" ? `answered ${outcome.status}` : outcome.kind;
      return [`The webhook ${event} to ${url} was ${what}`];
    }),
  );
}
