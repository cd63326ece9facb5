import type { WeeklySummaryProps } from "@/lib/domain/mail";
import { adminMailWords } from "@/lib/domain/mail-words";
import type { Template } from "./drawn-mail";
import { adminFooter, labelled } from "./footer";
import { Button } from "./parts/button";
import { DayBars } from "./parts/day-bars";
import { FactRows } from "./parts/fact-rows";
import { Figures } from "./parts/figures";
import { Headline } from "./parts/headline";
import { NeedsBox } from "./parts/needs-box";
import { ShareBars } from "./parts/share-bars";
import { ThreeColumns } from "./parts/three-columns";
import { textColumns, textLink } from "./plain-text";

const shownNeeds = 3;

/** To the admin, on Sundays: the verdict, what needs a hand, then figures, bars, people and what waits. */
export const weeklySummary: Template<WeeklySummaryProps> = (props, _words, palette) => {
  const { weekly, andMore, openDashboard } = adminMailWords;
  const kicker = weekly.kicker(props);
  const heading = weekly.heading(props);
  const sentence = weekly.sentence(props);
  const { dashboardUrl } = props.links;
  const dashboard = labelled(openDashboard, dashboardUrl);
  const needs = props.week.needs.slice(0, shownNeeds).map((need) => ({
    ...weekly.needWords(need, props),
    link: labelled(weekly.seeWhy, dashboardUrl && `${dashboardUrl}${need.path}`),
  }));
  const hidden = props.week.needs.length - needs.length;
  const more = hidden > 0 ? andMore(hidden) : null;
  const figures = weekly.figures(props);
  const days = weekly.days(props);
  const kinds = weekly.kinds(props);
  const people = weekly.people(props);
  const waits = weekly.waits(props);
  const troubles = weekly.troubles(props);
  const hasMails = props.week.mails.total > 0;

  return {
    card: (
      <>
        <tr>
          <td className="pad" style={{ padding: "28px 28px 26px" }}>
            <Headline kicker={kicker} title={heading} sentence={sentence} palette={palette}>
              {dashboard ? (
                <div style={{ paddingTop: 20 }}>
                  <Button {...dashboard} palette={palette} />
                </div>
              ) : null}
            </Headline>
          </td>
        </tr>
        {needs.length > 0 ? <NeedsBox needs={needs} more={more} palette={palette} /> : null}
        <Figures figures={figures} palette={palette} />
        {hasMails ? (
          <>
            <DayBars heading={weekly.perDay} days={days} palette={palette} />
            <ShareBars heading={weekly.byKind} rows={kinds} palette={palette} />
            <ThreeColumns heading={weekly.whoHeard} rows={people} palette={palette} />
          </>
        ) : null}
        {waits.length > 0 ? (
          <ThreeColumns heading={weekly.waitsLongest} rows={waits} palette={palette} />
        ) : null}
        {troubles.length > 0 ? <FactRows rows={troubles} palette={palette} /> : null}
      </>
    ),
    text: [
      `${kicker}: ${heading}`,
      sentence,
      needs.length > 0
        ? [
            ...needs.map(
              ({ headline, detail, link }) =>
                `- ${headline}. ${detail}${link ? `\n  ${link.label}: ${link.url}` : ""}`,
            ),
            ...(more ? [more] : []),
          ].join("\n")
        : null,
      figures.map(({ value, words: what, note }) => `${value} ${what} (${note})`).join("\n"),
      hasMails
        ? `${weekly.perDay}:\n${textColumns(days.map(({ label, count }) => [label, `${count}`] as const))}`
        : null,
      hasMails
        ? `${weekly.byKind}:\n${textColumns(kinds.map(({ label, count }) => [label, `${count}`] as const))}`
        : null,
      hasMails
        ? `${weekly.whoHeard}:\n${people.map((row) => `  ${row.filter(Boolean).join(" · ")}`).join("\n")}`
        : null,
      waits.length > 0
        ? `${weekly.waitsLongest}:\n${waits.map((row) => `  ${row.join(" · ")}`).join("\n")}`
        : null,
      troubles.length > 0 ? textColumns(troubles) : null,
      dashboard && textLink(dashboard),
    ],
    footer: adminFooter(weekly.reason(props.appearance.serverName), props.links),
  };
};
