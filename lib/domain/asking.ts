/** Asking for a title in somebody's name: what can be asked for, and what Seerr makes of it. */

/** How a title or a season stands in one quality. */
export type TitleStanding = "none" | "asked" | "partly" | "there" | "blocked";

/** A movie or show that was found by a text. */
export type FoundTitle = {
  mediaType: "movie" | "tv";
  tmdbId: number;
  title: string;
  year: number | null;
  posterPath: string | null;
  hd: TitleStanding;
  fourK: TitleStanding;
};

/** A title as far as it can be asked for. Movies have no seasons. */
export type AskedTitle = FoundTitle & {
  seasons: { season: number; episodeCount: number; hd: TitleStanding; fourK: TitleStanding }[];
};

export type NewSeerrRequest = {
  seerrUserId: number;
  mediaType: "movie" | "tv";
  tmdbId: number;
  /** At least one for shows, none for movies. */
  seasons: readonly number[];
  isFourK: boolean;
};

export type SeerrAnswerToRequest =
  | { kind: "made"; seerrRequestId: number }
  /** Every season is there or asked for; Seerr says so and makes no request. */
  | { kind: "nothingLeft" }
  | { kind: "alreadyAsked" }
  | { kind: "quota" }
  | { kind: "noPermission" }
  | { kind: "blocked" };

/** Whether a thing in this state can still be asked for. */
export const canBeAsked = (standing: TitleStanding): boolean =>
  standing === "none" || standing === "partly";

/** What Seerr's refusal means, with what to do about it. */
export function refusalWords(
  answer: Exclude<SeerrAnswerToRequest, { kind: "made" }>,
  { title, name, isFourK }: { title: string; name: string; isFourK: boolean },
): string {
  const inFourK = isFourK ? " in 4K" : "";
  switch (answer.kind) {
    case "nothingLeft":
      return `Every chosen season of ${title} is there or asked for already${inFourK}. No request was made`;
    case "alreadyAsked":
      return `${title} was asked for already${inFourK}. Add ${name} to that request instead`;
    case "quota":
      return `${name} has used up the requests Seerr allows. Raise their limit in Seerr, or wait`;
    case "noPermission":
      return `${name} may not ask for this${inFourK} in Seerr. Allow it there under Users, Permissions`;
    case "blocked":
      return `${title} is on Seerr's blocklist. Take it off there first`;
  }
}
