import type { AdminAlertProps } from "@/lib/domain/mail";
import { clampLine } from "@/lib/domain/mail-characters";
import { adminMailWords } from "@/lib/domain/mail-words";
import { shownTitleLength, type Template } from "./drawn-mail";
import { adminFooter, labelled } from "./footer";
import { Button } from "./parts/button";
import { FactRows } from "./parts/fact-rows";
import { Headline } from "./parts/headline";
import { Paragraphs } from "./parts/paragraphs";
import { TitleCard } from "./parts/title-card";
import { textColumns, textLink } from "./plain-text";

const shownLines = 8;
const shownRows = 24;

/** To the admin: something happened that wants a look. With a poster where it is about a title. */
export const adminAlert: Template<AdminAlertProps> = (props, words, palette) => {
  const { alertKicker, andMore, reason } = adminMailWords;
  const kicker = alertKicker[props.event];
  const headline = clampLine(props.headline, shownTitleLength);
  const [sentence = "", ...more] = props.lines
    .map((line) => clampLine(line, 600))
    .filter((line) => line !== "")
    .slice(0, shownLines);
  const rows = props.rows
    .slice(0, shownRows)
    .map(({ label, value }) => [clampLine(label, 80), clampLine(value, 400)] as const);
  const hidden = props.rows.length - rows.length;
  const hiddenWords = hidden > 0 ? andMore(hidden) : null;
  const button = props.action && labelled(clampLine(props.action.label, 40), props.action.url);
  const news = (
    <Headline kicker={kicker} title={headline} sentence={sentence} palette={palette}>
      <Paragraphs lines={more} palette={palette} />
      {button ? (
        <div style={{ paddingTop: 20 }}>
          <Button {...button} palette={palette} />
        </div>
      ) : null}
    </Headline>
  );

  return {
    card: (
      <>
        {props.poster ? (
          <TitleCard poster={props.poster} title={headline} words={words} palette={palette}>
            {news}
          </TitleCard>
        ) : (
          <tr>
            <td className="pad" style={{ padding: "28px 28px 26px" }}>
              {news}
            </td>
          </tr>
        )}
        {rows.length > 0 ? <FactRows rows={rows} more={hiddenWords} palette={palette} /> : null}
      </>
    ),
    text: [
      `${kicker}: ${headline}`,
      sentence,
      ...more,
      rows.length > 0 ? [textColumns(rows), hiddenWords].filter(Boolean).join("\n  ") : null,
      button && textLink(button),
    ],
    footer: adminFooter(reason(props.appearance.serverName), props.links),
  };
};
