import type { LabelledLink } from "../footer";
import { escapeMarkup } from "../head";
import type { Palette } from "../palette";
import { Link } from "../react-email";
import { Markup } from "./markup";
import { painted, Table } from "./table";
import { type } from "./type";

/** The quiet button of a mail that has nothing to play: as high as the filled one, without its colour. */
export function OutlinedButton({
  label,
  url,
  palette: { light },
}: LabelledLink & { palette: Palette }) {
  const vml =
    `<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w="urn:schemas-microsoft-com:office:word" ` +
    `href="${escapeMarkup(url)}" style="height:46px;v-text-anchor:middle;width:${label.length * 9 + 48}px" arcsize="17%" ` +
    `strokecolor="${light.outline}" fillcolor="${light.card}"><w:anchorlock/><center style="color:${light.ink};` +
    `font-family:Arial,sans-serif;font-size:16px;font-weight:bold">${escapeMarkup(label)}</center></v:roundrect>` +
    "<![endif]--><!--[if !mso]><!-->";
  return (
    <Table>
      <tr>
        <td
          className="b2"
          {...painted(light.card)}
          style={{ background: light.card, borderRadius: 8, border: `1px solid ${light.outline}` }}
        >
          <Markup html={vml} />
          <Link
            href={url}
            className="ink"
            style={{
              ...type(16, 24, light.ink, 600),
              display: "inline-block",
              padding: "10px 22px",
              textDecoration: "none",
              whiteSpace: "nowrap",
            }}
          >
            {label}
          </Link>
          <Markup html="<!--<![endif]-->" />
        </td>
      </tr>
    </Table>
  );
}
