import type { NotInPlexProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
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
  const { kicker, checks, checkHeading } = words.notInPlex;
  const title = clampLine(props.title, shownTitleLength);
  const detail = words.notInPlex.detail(props);
  const sentence = words.notInPlex.sentence(props);
  const waiting = words.notInPlex.waiting(props.waiting);
  const paths = props.files.slice(0, shownFiles).map(({ path }) => clampLine(path, 600));
  const hidden = props.files.length - paths.length;
  const more = hidden > 0 ? words.andMore(hidden) : null;
  const fileHeading = words.notInPlex.fileHeading(props.files.length);
  const dashboard = labelled(words.openDashboard, props.links.dashboardUrl);

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
    footer: adminFooter(words.adminReason(props.appearance.serverName), props.links, words),
  };
};
