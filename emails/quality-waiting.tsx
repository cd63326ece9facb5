import type { QualityWaitingProps } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { shownTitleLength, type Template } from "./drawn-mail";
import { userFooter } from "./footer";
import { Headline } from "./parts/headline";
import { Steps } from "./parts/steps";
import { TitleCard } from "./parts/title-card";

/** To a user: it is out, but not to be had in the wanted quality. Three steps and no button: nothing to do. */
export const qualityWaiting: Template<QualityWaitingProps> = (props, words, palette) => {
  const says = words.qualityWaiting;
  const title = clampLine(props.title, shownTitleLength);
  const kicker = says.kicker(props);
  const detail = says.detail(props);
  const sentence = says.sentence(props);
  const steps = says.steps(props);
  const stepText = steps
    .map(({ words: step, detail: more }, index) => {
      const mark = index === 0 ? "✓" : `${index + 1}`;
      return `  ${mark} ${step}${more ? `, ${more}` : ""}`;
    })
    .join("\n");

  return {
    card: (
      <TitleCard poster={props.poster} title={title} words={words} palette={palette}>
        <Headline
          kicker={kicker}
          title={title}
          detail={detail}
          sentence={sentence}
          palette={palette}
        >
          <Steps steps={steps} palette={palette} />
        </Headline>
      </TitleCard>
    ),
    text: [`${kicker}: ${isolate(title)}${detail ? `\n${detail}` : ""}`, sentence, stepText],
    footer: userFooter(
      `${words.reason(props.reason, props.title, props)} ${says.atMost}`,
      props.mediaType === "movie" ? words.muteMovie : words.muteShow,
      props.links,
      words,
    ),
  };
};
