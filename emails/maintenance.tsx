import type { MaintenanceProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { shownTitleLength, type Template } from "./drawn-mail";
import { userFooter } from "./footer";
import { Band } from "./parts/band";
import { FactRows } from "./parts/fact-rows";
import { Headline } from "./parts/headline";
import { Paragraphs } from "./parts/paragraphs";
import { textColumns } from "./plain-text";

const shownParagraphs = 8;
const shownLength = 600;

/** A break: announced or moved, about to begin, over, or called off. What the admin wrote follows the times. */
export const maintenance: Template<MaintenanceProps> = (props, words, palette) => {
  const { maintenance: says } = words;
  const kicker = says.kicker(props);
  const title = clampLine(props.title, shownTitleLength);
  const sentence = says.sentence(props);
  const rows = says.rows(props);
  const band = says.meanwhile(props);
  const paragraphs = props.paragraphs
    .map((paragraph) => clampLine(paragraph, shownLength))
    .filter((paragraph) => paragraph !== "")
    .slice(0, shownParagraphs);

  return {
    card: (
      <>
        <tr>
          <td className="pad" style={{ padding: "28px 28px 26px" }}>
            <Headline kicker={kicker} title={title} sentence={sentence} palette={palette}>
              <Paragraphs lines={paragraphs} palette={palette} />
            </Headline>
          </td>
        </tr>
        <FactRows rows={rows} palette={palette} />
        <Band text={band} palette={palette} />
      </>
    ),
    text: [`${kicker}: ${isolate(title)}`, sentence, ...paragraphs, textColumns(rows), band],
    footer: userFooter(says.reason, words.muteShow, { ...props.links, muteUrl: null }, words),
  };
};
