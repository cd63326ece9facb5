import type { EpisodesAvailableProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { shownTitleLength, type Template } from "./drawn-mail";
import { userFooter } from "./footer";
import { Band } from "./parts/band";
import { EpisodeRows, episodeRows, episodeText } from "./parts/episode-rows";
import { Headline } from "./parts/headline";
import { Play, playLinks } from "./parts/play";
import { TitleCard } from "./parts/title-card";
import { textLink } from "./plain-text";

/** To a user: these episodes play now. */
export const episodesAvailable: Template<EpisodesAvailableProps> = (props, words, palette) => {
  const title = clampLine(props.title, shownTitleLength);
  const kicker = words.readyToWatch(props.isFourK);
  const detail = words.episodesDetail(props.year, props.episodes);
  const sentence = words.newOnServer(props.episodes, props.reader.name);
  const play = playLinks(props.play, words);
  const rows = episodeRows(props.episodes, words);
  const next = words.nextEpisode(props.next, props.episodes, props);

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
        <EpisodeRows rows={rows} palette={palette} />
        {next ? <Band text={next} palette={palette} /> : null}
      </>
    ),
    text: [
      `${kicker}: ${isolate(title)}\n${detail}`,
      sentence,
      episodeText(rows),
      play.web && textLink(play.web),
      play.app && textLink(play.app),
      next,
    ],
    footer: userFooter(
      words.reason(props.reason, props.title, props),
      words.muteShow,
      props.links,
      words,
    ),
  };
};
