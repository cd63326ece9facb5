import type { MailPlayLink } from "@/lib/domain/mail";
import type { MailWords } from "@/lib/domain/mail-words";
import { type LabelledLink, labelled } from "../footer";
import type { Palette } from "../palette";
import { Link } from "../react-email";
import { Button } from "./button";
import { type } from "./type";

/** The button's link and the smaller one for phones; both null when Plex is not connected. */
export type PlayLinks = { web: LabelledLink | null; app: LabelledLink | null };

/** Labels for a play link; what a mail cannot link to is left out. */
export function playLinks(play: MailPlayLink | null, words: MailWords): PlayLinks {
  const web = labelled(words.playInPlex, play?.webUrl ?? null);
  return { web, app: web ? labelled(words.playInApp, play?.appUrl ?? null) : null };
}

/** The play button with the app's link under it. */
export function Play({ links: { web, app }, palette }: { links: PlayLinks; palette: Palette }) {
  if (!web) return null;
  return (
    <>
      <div style={{ paddingTop: 20 }}>
        <Button {...web} palette={palette} />
      </div>
      {app ? (
        <div style={{ paddingTop: 8 }}>
          <Link
            href={app.url}
            className="lnk"
            style={{ ...type(13, 20, palette.light.link), textDecoration: "underline" }}
          >
            {app.label}
          </Link>
        </div>
      ) : null}
    </>
  );
}
