import type { ReactNode } from "react";
import type { Language } from "@/lib/domain/language";
import type { MailAppearance } from "@/lib/domain/mail";
import { clampLine, initials, isolate } from "@/lib/domain/mail-characters";
import type { Footer, LabelledLink } from "./footer";
import { headMarkup } from "./head";
import type { Palette } from "./palette";
import { painted, Table } from "./parts/table";
import { type, wrapping } from "./parts/type";
import { Body, Html, Img, Link, Preview } from "./react-email";
import { pictureAddress } from "./web-address";

/** Server's name as mails show it: one line, at most 60 characters. */
export const shownServerName = (name: string) => isolate(clampLine(name, 60));

/** The frame of every mail, 600 wide: server name, one card, footer outside it. Children are the card's rows. */
export function Layout({
  subject,
  preheader,
  note,
  appearance,
  language,
  palette,
  footer,
  children,
}: {
  subject: string;
  preheader: string;
  /** A line above the card, for mails that are no news. */
  note: string | null;
  appearance: MailAppearance;
  language: Language;
  palette: Palette;
  footer: Footer;
  children: ReactNode;
}) {
  const { light } = palette;
  return (
    <Html lang={language} dir="ltr" {...{ "xmlns:o": "urn:schemas-microsoft-com:office:office" }}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: holds conditional comments; headMarkup escapes */}
      <head dangerouslySetInnerHTML={{ __html: headMarkup(subject, palette) }} />
      <Body className="bg" {...painted(light.page)} style={{ margin: 0, padding: 0 }}>
        <Preview>{preheader}</Preview>
        <Table width="100%">
          <tr>
            <td
              className="bg"
              {...painted(light.page)}
              align="center"
              style={{ background: light.page, padding: "24px 12px 32px" }}
            >
              <Table width={600} className="frame" style={{ width: "100%", maxWidth: 600 }}>
                <tr>
                  <td align="left" style={{ padding: "0 4px 14px" }}>
                    <ServerName appearance={appearance} palette={palette} />
                  </td>
                </tr>
                {note ? (
                  <tr>
                    <td
                      className="mut"
                      align="left"
                      style={{ ...type(13, 20, light.muted), padding: "0 4px 10px" }}
                    >
                      {note}
                    </td>
                  </tr>
                ) : null}
                <tr>
                  <td
                    className="card"
                    {...painted(light.card)}
                    align="left"
                    style={{
                      background: light.card,
                      border: `1px solid ${light.line}`,
                      borderRadius: 14,
                    }}
                  >
                    <Table width="100%">{children}</Table>
                  </td>
                </tr>
                <tr>
                  <td
                    className="sub pad"
                    align="left"
                    style={{
                      ...type(13, 20, light.subtle),
                      ...wrapping(footer.reason),
                      padding: "20px 28px 0",
                    }}
                  >
                    <FooterWords footer={footer} palette={palette} />
                  </td>
                </tr>
              </Table>
            </td>
          </tr>
        </Table>
      </Body>
    </Html>
  );
}

function ServerName({ appearance, palette }: { appearance: MailAppearance; palette: Palette }) {
  const { accent, onAccent, light } = palette;
  const logo = pictureAddress(appearance.logoUrl);
  const side = 26;
  return (
    <Table>
      <tr>
        {logo ? (
          <td width={side} valign="middle" style={{ width: side }}>
            <Img
              src={logo}
              alt=""
              width={side}
              height={side}
              fetchPriority="low"
              style={{ width: side, height: side, borderRadius: 7, objectFit: "cover" }}
            />
          </td>
        ) : (
          <td
            className="b1 b1t"
            {...painted(accent)}
            width={side}
            height={side}
            align="center"
            valign="middle"
            aria-hidden="true"
            style={{
              ...type(13, side, onAccent, 700),
              width: side,
              background: accent,
              borderRadius: 7,
            }}
          >
            {[...initials(appearance.serverName)][0]}
          </td>
        )}
        <td
          className="ink"
          valign="middle"
          style={{
            ...type(15, 20, light.ink, 600),
            ...wrapping(appearance.serverName),
            paddingLeft: 10,
          }}
        >
          {shownServerName(appearance.serverName)}
        </td>
      </tr>
    </Table>
  );
}

function FooterLink({ link, palette }: { link: LabelledLink; palette: Palette }) {
  return (
    <Link
      href={link.url}
      className="lnk"
      style={{ color: palette.light.link, textDecoration: "underline", whiteSpace: "nowrap" }}
    >
      {link.label}
    </Link>
  );
}

function FooterWords({ footer, palette }: { footer: Footer; palette: Palette }) {
  return (
    <>
      {footer.reason}
      {footer.beside ? <> {<FooterLink link={footer.beside} palette={palette} />}</> : null}
      {footer.links.length > 0 ? (
        <div style={{ paddingTop: 8 }}>
          {footer.links.map((link, index) => (
            <span key={link.label}>
              {index > 0 ? " \u00a0·\u00a0 " : null}
              <FooterLink link={link} palette={palette} />
            </span>
          ))}
        </div>
      ) : null}
    </>
  );
}
