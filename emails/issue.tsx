import type { IssueMailProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import type { MailWords } from "@/lib/domain/mail-words";
import { shownTitleLength, type Template } from "./drawn-mail";
import { userFooter } from "./footer";
import type { Palette } from "./palette";
import { Band } from "./parts/band";
import { FactRows } from "./parts/fact-rows";
import { Headline } from "./parts/headline";
import { Play, playLinks } from "./parts/play";
import { TitleCard } from "./parts/title-card";
import { textColumns, textLink } from "./plain-text";

type Says = MailWords["issueReceived"] | MailWords["issueResolved"];

/** To whoever reported a problem: the report arrived. */
export const issueReceived: Template<IssueMailProps> = (props, words, palette) =>
  drawIssue(props, words.issueReceived, words, palette);

/** To whoever reported a problem: another file is there. */
export const issueResolved: Template<IssueMailProps> = (props, words, palette) =>
  drawIssue(props, words.issueResolved, words, palette);

function drawIssue(props: IssueMailProps, says: Says, words: MailWords, palette: Palette) {
  const title = clampLine(props.title, shownTitleLength);
  const { kicker } = says;
  const detail = says.detail(props);
  const sentence = says.sentence(props);
  const next = says.next(props);
  const rows = says.rows(props);
  const play = playLinks(props.play, words);

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
        {rows.length > 0 ? <FactRows rows={rows} palette={palette} /> : null}
        <Band text={next} palette={palette} />
      </>
    ),
    text: [
      `${kicker}: ${isolate(title)}${detail ? `\n${detail}` : ""}`,
      sentence,
      rows.length > 0 ? textColumns(rows) : null,
      play.web && textLink(play.web),
      play.app && textLink(play.app),
      next,
    ],
    footer: userFooter(
      says.reason(props),
      words.muteShow,
      { ...props.links, muteUrl: null },
      words,
    ),
  };
}
