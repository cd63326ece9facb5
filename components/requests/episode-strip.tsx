import { ArrowDownToLine, Check, Hourglass, MailCheck, Play } from "lucide-react";
import { longDate, type Reader, shortDate } from "@/lib/domain/views/moment-words";
import {
  type EpisodeState,
  type EpisodeView,
  type SeasonView,
  type StripPiece,
  stripPieces,
} from "@/lib/domain/views/requests";

const words = {
  told: "Told",
  before: "There before",
  plays: "Plays, mail due",
  imported: "Imported, not in Plex",
  downloading: "Downloading",
  missing: "Missing",
  not_aired: "Not aired",
} satisfies Record<EpisodeState, string>;

function Mark({ state }: { state: EpisodeState }) {
  switch (state) {
    case "told":
      return <MailCheck aria-hidden />;
    case "before":
      return <Check aria-hidden />;
    case "plays":
      return <Play aria-hidden />;
    case "imported":
      return <Hourglass aria-hidden />;
    case "downloading":
      return <ArrowDownToLine aria-hidden />;
    case "missing":
    case "not_aired":
      return null;
    default: {
      const unknown: never = state;
      return unknown;
    }
  }
}

/** `2 told, 2 ready, 1 waited for` */
export function seasonSummary(season: SeasonView): string {
  const count = (state: EpisodeState) => season.episodes.filter((e) => e.state === state).length;
  const parts = [
    [count("told"), "told"],
    [count("before"), "there before"],
    [count("plays"), "ready"],
    [count("imported"), "waited for"],
    [count("downloading"), "downloading"],
    [count("missing"), "missing"],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(", ");
}

/** One square per episode, number and icon; over 26 the runs fold. */
export function EpisodeStrip({
  season,
  reader,
  legend = true,
}: {
  season: SeasonView;
  reader: Reader;
  legend?: boolean;
}) {
  const states = new Set(season.episodes.map((episode) => episode.state));
  return (
    <div>
      <ol className="eps max-md:gap-[5px]">
        {stripPieces(season.episodes).map((piece) => (
          <Piece
            key={piece.kind === "run" ? `r${piece.from}` : piece.episode.number}
            piece={piece}
            reader={reader}
          />
        ))}
      </ol>
      {legend ? (
        <div className="mt-3 flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted-foreground">
          {(Object.keys(words) as EpisodeState[])
            .filter((state) => states.has(state))
            .map((state) => (
              <span key={state} className="inline-flex items-center gap-1.5">
                <i className="swatch" data-state={state} />
                {words[state]}
              </span>
            ))}
        </div>
      ) : null}
    </div>
  );
}

function Piece({ piece, reader }: { piece: StripPiece; reader: Reader }) {
  if (piece.kind === "run") {
    const range = piece.from === piece.to ? `${piece.from}` : `${piece.from}–${piece.to}`;
    return (
      <li className="ep col-span-2" data-state={piece.state}>
        {range}
        <small>{words[piece.state].split(",")[0]}</small>
      </li>
    );
  }
  const { episode } = piece;
  return (
    <li className="ep" data-state={episode.state} title={titleOf(episode, reader)}>
      <span aria-hidden>{episode.number}</span>
      <span className="sr-only">{titleOf(episode, reader)}</span>
      {episode.state === "not_aired" && episode.airsAt ? (
        <small>{shortDate(episode.airsAt, reader).replace(/ \d{4}$/, "")}</small>
      ) : (
        <Mark state={episode.state} />
      )}
    </li>
  );
}

function titleOf(episode: EpisodeView, reader: Reader): string {
  const name = episode.title
    ? `Episode ${episode.number} “${episode.title}”`
    : `Episode ${episode.number}`;
  const airs =
    episode.state === "not_aired" && episode.airsAt
      ? `, airs ${longDate(episode.airsAt, reader)}`
      : "";
  return `${name}: ${words[episode.state].toLowerCase()}${airs}`;
}
