import type { NotInPlexProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { adminMailWords } from "@/lib/domain/mail-words";
import { shownTitleLength, type Template } from "./drawn-mail";
import { adminFooter, labelled } from "./footer";
import { Band } from "./parts/band";
import { Button } from "./parts/button";
import { FileBox } from "./parts/file-box";
import { Headline } from "./parts/headline";
import { NumberedChecks } from "./parts/numbered-checks";
import { TitleCard } from "./parts/title-card";
import { textLink } from "./plain-text";

const shownFiles = 5;

/** To the admin: imported, but Plex did not show it by the deadline. */
export const notInPlex: Template<NotInPlexProps> = (props, words, palette) => {
  const { notInPlex: says, andMore, openDashboard, reason } = adminMailWords;
  const { kicker, checks, checkHeading } = says;
  const title = clampLine(props.title, shownTitleLength);
  const detail = says.detail(props);
  const sentence = says.sentence(props);
  const waiting = says.waiting(props.waiting);
  const paths = props.files.slice(0, shownFiles).map(({ path }) => clampLine(path, 600));
  const hidden = props.files.length - paths.length;
  const more = hidden > 0 ? andMore(hidden) : null;
  const fileHeading = says.fileHeading(props.files.length);
  const dashboard = labelled(openDashboard, props.links.dashboardUrl);

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
            {dashboard ? (
              <div style={{ paddingTop: 20 }}>
                <Button {...dashboard} palette={palette} />
              </div>
            ) : null}
          </Headline>
        </TitleCard>
        <FileBox heading={fileHeading} paths={paths} more={more} palette={palette} />
        <NumberedChecks heading={checkHeading} checks={checks} palette={palette} />
        <Band text={waiting} palette={palette} />
      </>
    ),
    text: [
      `${kicker}: ${isolate(title)}${detail ? `\n${detail}` : ""}`,
      sentence,
      `${fileHeading}:\n${[...paths, more].filter(Boolean).join("\n")}`,
      `${checkHeading}:\n${checks.map((check, index) => `  ${index + 1}. ${check}`).join("\n")}`,
      waiting,
      dashboard && textLink(dashboard),
    ],
    footer: adminFooter(reason(props.appearance.serverName), props.links),
  };
};
