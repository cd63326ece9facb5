import { setTimeout as sleep } from "node:timers/promises";
import type { MediaStack } from "../upstreams/media-stack";
import type { SeerrUser } from "../upstreams/seerr-model";
import type { WebhookSender } from "../upstreams/webhook-sender";
import type { MovieTitle, ShowTitle } from "../upstreams/world";
import type { Random } from "./random";

const householdSize = 8;

/**
 * A household that never rests: people ask for movies and shows, files are imported, replaced, announced twice or
 * not at all. The services behave as always; what BingeAlert does not acknowledge is lost for them.
 */
export class Life {
  private readonly users: SeerrUser[];
  private readonly finished: Promise<unknown>;
  private isOver = false;
  private nextTitle = 1;

  /** Begins at once; `loops` stories run beside each other until `end`. */
  constructor(
    private readonly stack: MediaStack,
    random: Random,
    loops = 3,
  ) {
    this.users = Array.from({ length: householdSize }, (_, i) =>
      stack.seerr.addUser({ displayName: `Person ${i + 1}`, email: `person${i + 1}@example.net` }),
    );
    this.finished = Promise.all(Array.from({ length: loops }, () => this.loop(random.fork())));
  }

  /** Lets the stories under way come to their end; everything imported by then is announced or lost. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.finished;
  }

  private async loop(random: Random): Promise<void> {
    while (!this.isOver) {
      const kind = random.next();
      if (kind < 0.45) await this.movie(random);
      else if (kind < 0.9) await this.show(random);
      else await this.repeatWebhook(random);
      await sleep(random.between(100, 1500));
    }
  }

  private async movie(random: Random): Promise<void> {
    const { seerr, radarr, radarr4k, world } = this.stack;
    const movie = world.addMovie({ title: `Movie ${this.nextTitle++}` });
    const user = random.pick(this.users);
    await this.ask(random, { user, title: movie });
    if (random.chance(0.2)) {
      await this.ask(random, { user: random.pick(this.users), title: movie, is4k: true });
      await sleep(random.between(0, 500));
      await radarr4k.import(movie, { silent: random.chance(0.2) });
    }
    await sleep(random.between(0, 800));
    if (random.chance(0.7)) await radarr.grab(movie);
    await radarr.import(movie, { silent: random.chance(0.2) });
    if (random.chance(0.3)) await this.betterMovie(random, movie);
    if (random.chance(0.3)) await seerr.markAvailable(movie, { silent: random.chance(0.3) });
    if (random.chance(0.15)) await this.askAnew(random, user, movie);
  }

  private async betterMovie(random: Random, movie: MovieTitle): Promise<void> {
    await sleep(random.between(0, 1500));
    await this.stack.radarr.import(movie, { upgrade: true, quality: "Bluray-1080p" });
  }

  private async show(random: Random): Promise<void> {
    const { sonarr, seerr, world } = this.stack;
    const episodes = random.between(2, 8);
    const show = world.addShow({
      title: `Show ${this.nextTitle++}`,
      year: 2022,
      seasons: { 1: episodes, 2: 3 },
    });
    const user = random.pick(this.users);
    await this.ask(random, { user, title: show, seasons: [1] });
    if (random.chance(0.3)) {
      await this.ask(random, { user: random.pick(this.users), title: show, seasons: [2] });
    }
    for (let next = 1; next <= episodes; ) {
      const last = Math.min(episodes, next + random.between(0, 3));
      const group = Array.from({ length: last - next + 1 }, (_, i) => next + i);
      if (random.chance(0.7)) await sonarr.grab(show, 1, group);
      await sonarr.import(show, 1, group, { silent: random.chance(0.2) });
      next = last + 1;
      await sleep(random.between(0, 900));
    }
    if (random.chance(0.5)) await sonarr.import(show, 2, [1, 2], { silent: random.chance(0.2) });
    if (random.chance(0.3)) await this.betterEpisode(random, show);
    if (random.chance(0.3)) await seerr.markAvailable(show, { seasons: [1] });
  }

  private async betterEpisode(random: Random, show: ShowTitle): Promise<void> {
    await sleep(random.between(0, 1500));
    await this.stack.sonarr.import(show, 1, 1, { upgrade: true, quality: "Bluray-1080p" });
  }

  /** The same person asks for the same thing once more, after the first request was deleted. */
  private async askAnew(random: Random, user: SeerrUser, title: MovieTitle): Promise<void> {
    const { seerr } = this.stack;
    for (const request of seerr.userRequests.filter((r) => r.title === title && !r.is4k)) {
      seerr.delete(request);
    }
    await this.ask(random, { user, title });
  }

  private async ask(
    random: Random,
    wish: { user: SeerrUser; title: MovieTitle | ShowTitle; seasons?: number[]; is4k?: boolean },
  ): Promise<void> {
    const { seerr } = this.stack;
    const silent = random.chance(0.15);
    if (random.chance(0.6)) {
      await seerr.request({ ...wish, autoApprove: true, silent });
      return;
    }
    const request = await seerr.request({ ...wish, silent });
    await sleep(random.between(0, 300));
    await seerr.approve(request, { silent: random.chance(0.15) });
  }

  /** A proxy or an impatient admin posts an old event again. */
  private async repeatWebhook(random: Random): Promise<void> {
    const sender = random.pick(webhookSenders(this.stack));
    if (sender.deliveries.length === 0) return;
    await sender.resend(random.pick(sender.deliveries));
  }
}

/** Everybody who sends webhooks. */
export function webhookSenders(stack: MediaStack): WebhookSender[] {
  return [
    stack.seerr.webhook,
    ...stack.sonarrs.map((s) => s.webhooks),
    ...stack.radarrs.map((r) => r.webhooks),
  ];
}
