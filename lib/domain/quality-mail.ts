import { z } from "zod";
import type { MailContent, MailFrame, MailLinks, MailPoster, MailReason } from "./mail";
import type { QualityKind, TellableVerdict } from "./quality-notices";

/** What the mails "coming soon" and "quality waiting" keep of the verdict they tell of, and what becomes of it. */

const moment = z.coerce.date();

const comingSoonFacts = z.object({
  at: moment,
  release: z.enum(["digital", "physical", "cinema", "air"]),
  season: z.number().nullable(),
  movedFrom: moment.nullable(),
  inCinemasSince: moment.nullable(),
});

const qualityWaitingFacts = z.object({
  because: z.enum(["missing", "cutoff"]),
  quality: z.string().nullable(),
  episodes: z.array(z.object({ season: z.number(), episode: z.number() })),
  since: moment,
});

/** What a notification keeps of a verdict. */
export function noticeFacts(
  verdict: TellableVerdict,
  told: { movedFrom: Date | null; since: Date },
): Record<string, unknown> {
  if (verdict.kind === "comingSoon") {
    const { at, release, season, inCinemasSince } = verdict;
    return { at, release, season, inCinemasSince, movedFrom: told.movedFrom };
  }
  const { because, quality, episodes } = verdict;
  return { because, quality, episodes, since: told.since };
}

type Common = MailFrame & {
  mediaType: "movie" | "tv";
  title: string;
  year: number | null;
  isFourK: boolean;
  poster: MailPoster | null;
  reason: MailReason;
  links: MailLinks;
};

/** The mail of a kind from the facts that were kept. Throws when they are not those of the kind. */
export function qualityMail(
  kind: QualityKind,
  facts: Record<string, unknown>,
  common: Common,
  askedAt: Date | null,
): MailContent {
  return kind === "coming_soon"
    ? { kind, props: { ...common, ...comingSoonFacts.parse(facts) } }
    : { kind, props: { ...common, ...qualityWaitingFacts.parse(facts), askedAt } };
}
