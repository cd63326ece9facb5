import type { PersonalLinkProps } from "@/lib/domain/mail";
import type { Template } from "./drawn-mail";
import { labelled, userFooter } from "./footer";
import { Button } from "./parts/button";
import { Headline } from "./parts/headline";
import { Prose } from "./parts/prose";
import { textLink } from "./plain-text";

/** To a user: the link to the page on which they choose what they get, or confirm that they follow a title. */
export const personalLink: Template<PersonalLinkProps> = (props, words, palette) => {
  const { personalLink: says } = words;
  const kicker = says.kicker(props.follow);
  const heading = says.heading(props.follow);
  const sentence = says.sentence(props);
  const secret = says.secret(props.follow);
  const page = labelled(says.button(props.follow), props.pageUrl);

  return {
    card: (
      <>
        <tr>
          <td className="pad" style={{ padding: "28px 28px 26px" }}>
            <Headline kicker={kicker} title={heading} sentence={sentence} palette={palette}>
              {page ? (
                <div style={{ paddingTop: 20 }}>
                  <Button {...page} palette={palette} />
                </div>
              ) : null}
            </Headline>
          </td>
        </tr>
        <Prose text={secret} palette={palette} />
      </>
    ),
    text: [`${kicker}: ${heading}`, sentence, page && textLink(page), secret],
    footer: userFooter(
      says.reason(props.follow),
      words.muteShow,
      {
        ...props.links,
        preferencesUrl: props.follow === null ? null : props.links.preferencesUrl,
        muteUrl: null,
      },
      words,
    ),
  };
};
