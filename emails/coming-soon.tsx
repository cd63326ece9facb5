import type { ComingSoonProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { shownTitleLength, type Template } from "./drawn-mail";
import { labelled, userFooter } from "./footer";
import { DateTile } from "./parts/date-tile";
import { Headline } from "./parts/headline";
import { OutlinedButton } from "./parts/outlined-button";
import { TitleCard } from "./parts/title-card";
import { type, wrapping } from "./parts/type";
import { textLink } from "./plain-text";

/** To a user: their request is in, and comes on this day. There is nothing to play and nothing to press. */
export const comingSoon: Template<ComingSoonProps> = (props, words, palette) => {
  const says = words.comingSoon;
  const title = clampLine(props.title, shownTitleLength);
  const kicker = says.kicker(props);
  const detail = says.detail(props);
  const label = says.release(props);
  const date = says.wholeDate(props);
  const sentence = says.sentence(props);
  const calendar = labelled(words.comingSoon.addToCalendar, props.links.calendarUrl);
  const { light } = palette;

  return {
    card: (
      <TitleCard poster={props.poster} title={title} words={words} palette={palette}>
        <Headline kicker={kicker} title={title} detail={detail} palette={palette}>
          <DateTile {...says.tile(props)} label={label} date={date} palette={palette} />
          <div
            className="ink"
            style={{ ...type(16, 25, light.ink), ...wrapping(sentence), paddingTop: 16 }}
          >
            {sentence}
          </div>
          {calendar ? (
            <div style={{ paddingTop: 18 }}>
              <OutlinedButton {...calendar} palette={palette} />
            </div>
          ) : null}
        </Headline>
      </TitleCard>
    ),
    text: [
      `${kicker}: ${isolate(title)}${detail ? `\n${detail}` : ""}`,
      `${label}: ${date}`,
      sentence,
      calendar && textLink(calendar),
    ],
    footer: userFooter(
      words.reason(props.reason, props.title, props),
      props.mediaType === "movie" ? words.muteMovie : words.muteShow,
      props.links,
      words,
    ),
  };
};
