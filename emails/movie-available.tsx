import type { MovieAvailableProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { shownTitleLength, type Template } from "./drawn-mail";
import { userFooter } from "./footer";
import { Headline } from "./parts/headline";
import { Play, playLinks } from "./parts/play";
import { Prose } from "./parts/prose";
import { TitleCard } from "./parts/title-card";
import { textLink } from "./plain-text";

const overviewLength = 320;

/** To a user: this movie plays now. */
export const movieAvailable: Template<MovieAvailableProps> = (props, words, palette) => {
  const title = clampLine(props.title, shownTitleLength);
  const kicker = words.readyToWatch(props.isFourK);
  const detail = words.movieDetail(props.year, props.minutes);
  const sentence = words.movieOnServer(props.reader.name);
  const play = playLinks(props.play, words);
  const overview = clampLine(props.overview ?? "", overviewLength);

  return {
    card: (
      <>
        <TitleCard poster={props.poster} title={title} words={words} palette={palette}>
          <Headline
            kicker={kicker}
            title={title}
            detail={detail}
            sentence={sentence}
            palette={palette}
          >
            <Play links={play} palette={palette} />
          </Headline>
        </TitleCard>
        {overview ? <Prose text={overview} palette={palette} /> : null}
      </>
    ),
    text: [
      `${kicker}: ${isolate(title)}${detail ? `\n${detail}` : ""}`,
      sentence,
      play.web && textLink(play.web),
      play.app && textLink(play.app),
      overview && isolate(overview),
    ],
    footer: userFooter(
      words.reason(props.reason, props.title, props),
      words.muteMovie,
      props.links,
      words,
    ),
  };
};
