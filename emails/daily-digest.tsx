import type { DailyDigestProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { shownTitleLength, type Template } from "./drawn-mail";
import { labelled, userFooter } from "./footer";
import { Headline } from "./parts/headline";
import { TitleRows } from "./parts/title-rows";

const shownTitles = 20;

/** To who wants one mail a day: every title that became ready, each with its way to Plex. */
export const dailyDigest: Template<DailyDigestProps> = (props, words, palette) => {
  const { digest: says } = words;
  const heading = says.heading(props);
  const sentence = says.sentence(props);
  const rows = props.titles.slice(0, shownTitles).map((one, index) => ({
    key: `${index}`,
    title: clampLine(one.title, shownTitleLength),
    detail: says.detail(one),
    link: labelled(says.play, one.play?.webUrl ?? null),
  }));
  const hidden = props.titles.length - rows.length;
  const more = hidden > 0 ? words.andMore(hidden) : null;

  return {
    card: (
      <>
        <tr>
          <td className="pad" style={{ padding: "28px 28px 22px" }}>
            <Headline kicker={says.kicker} title={heading} sentence={sentence} palette={palette} />
          </td>
        </tr>
        <TitleRows rows={rows} more={more} palette={palette} />
      </>
    ),
    text: [
      `${says.kicker}: ${heading}`,
      sentence,
      ...rows.map(({ title, detail, link }) =>
        [`${isolate(title)}\n${detail}`, link && `${link.label}: ${link.url}`]
          .filter(Boolean)
          .join("\n"),
      ),
      more,
    ],
    footer: userFooter(says.reason, words.muteShow, { ...props.links, muteUrl: null }, words),
  };
};
